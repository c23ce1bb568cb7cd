"""The release workflow, as far as it can be judged without its runners."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
JOBS = yaml.safe_load(TEXT)["jobs"]
BUILDING = sorted(set(JOBS) - {"publish"})


def commands_of(job: str) -> str:
    return "\n".join(step.get("run", "") for step in JOBS[job]["steps"])


def test_every_file_that_it_calls_is_there() -> None:
    named = set(re.findall(r"(?:packaging|requirements)/[\w/]+\.(?:py|sh|ps1|txt)", TEXT))
    assert len(named) >= 7
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_target_of_make_that_it_calls_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = {word for line in re.findall(r"(?m)(?:run: |^ *)make ([a-z -]+)$", TEXT) for word in line.split()}
    assert called >= {"check", "test", "package"}
    assert [name for name in sorted(called) if not re.search(rf"(?m)^{name}:", makefile)] == []


@pytest.mark.parametrize("job", BUILDING)
def test_each_system_checks_what_it_built_once_it_is_installed(job: str) -> None:
    steps = [step for step in JOBS[job]["steps"] if "checked as installed" in step.get("name", "")]
    assert [step["run"] for step in steps if "self-check --window" in step["run"]] != []


def test_nothing_is_published_before_every_system_has_built_and_a_person_was_asked() -> None:
    publish = JOBS["publish"]
    assert sorted(publish["needs"]) == BUILDING
    assert publish["if"] == "github.ref_type == 'tag'"
    assert publish["environment"] == "release"
    assert "--draft" in commands_of("publish")


@pytest.mark.parametrize("job", ["windows", "macos"])
def test_a_system_without_a_certificate_builds_all_the_same(job: str) -> None:
    signing = [step for step in JOBS[job]["steps"] if "/sign." in step.get("run", "")]
    assert signing != []
    assert {step.get("if") for step in signing} == {"env.CERTIFICATE != ''"}


@pytest.mark.parametrize("job", BUILDING)
def test_no_secret_stands_in_a_command(job: str) -> None:
    assert "secrets." not in commands_of(job)
