"""Pleo's failure types in plain words."""

import tomllib
from pathlib import Path

import pytest
import yaml

from app.models.vocabulary import JOB_FAILURES
from app.platform.resources import RESOURCES
from app.review.failure_catalogue import failure_words

CONTRACT = yaml.safe_load(Path(RESOURCES, "contract", "pleo-export-v3.openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS = CONTRACT["components"]["schemas"]
LISTED = {
    *SCHEMAS["ExportJobItemFailureReasonType"]["enum"],
    *SCHEMAS["ExportJobFailureReasonType"]["enum"],
    *JOB_FAILURES,
}


@pytest.mark.parametrize("kind", sorted(LISTED))
def test_every_listed_type_has_words_that_say_what_it_means_and_who_can_fix_it(kind):
    words = failure_words(kind)
    assert words.title
    assert "_" not in words.title
    assert words.meaning.endswith(".")
    assert words.fixed_by in ("client", "accountant", "connector", "IT")
    assert words.where


def test_the_catalogue_holds_no_type_that_nobody_lists():
    content = tomllib.loads((RESOURCES / "failure_types.toml").read_text(encoding="utf-8"))
    assert set(content) == LISTED


def test_an_unlisted_type_keeps_its_own_word():
    assert failure_words("flux_capacitor_missing").title == "Flux capacitor missing"
    assert failure_words("flux_capacitor_missing").meaning == ""
