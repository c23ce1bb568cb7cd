"""The import contracts of pyproject.toml, run as a test."""

import logging
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


@pytest.fixture(autouse=True)
def every_logger_still_speaks() -> Iterator[None]:
    """import-linter silences every logger that there is, for all tests after it."""
    yield
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled = False


def test_every_import_contract_is_kept(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0, capsys.readouterr().out


def test_every_package_of_app_has_its_place_in_the_layers():
    (layers,) = [contract for contract in CONTRACTS if contract["name"] == "Layers of app"]
    assert layers["exhaustive"] is True
    assert layers["containers"] == ["app"]
