"""What the set-up promises: one Makefile that explains itself, and locks that name no place to download from."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["runtime", "development", "package"]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_help_names_every_target_that_a_person_calls() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, re.MULTILINE)
    assert phony is not None
    said = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = set(re.findall(r"^  make ([\w-]+) ", said, re.MULTILINE))
    assert listed >= set(phony.group(1).replace("\\\n", " ").split()) - {"offscreen", "tested"}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    assert re.findall(r"://|--\S*index\S*|--find-links| @ ", lock(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_version_has_a_hash(name: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", lock(name)) if entry.strip()]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_everything_that_the_project_asks_for_is_locked() -> None:
    locked = {name: {normal(line) for line in lock(name).splitlines() if re.match(r"\w", line)} for name in LOCKS}
    runtime = {normal(requirement) for requirement in project()["project"]["dependencies"]}
    development = {normal(requirement) for requirement in project()["dependency-groups"]["dev"]}
    assert runtime - locked["runtime"] == set()
    assert (runtime | development) - locked["development"] == set()


def test_both_locks_agree_on_versions() -> None:
    versions = [set(re.findall(r"^(\S+==\S+)", lock(name), re.MULTILINE)) for name in LOCKS]
    assert versions[0] - versions[1] == set()


@pytest.mark.parametrize("folder", ["packaging", "resources"])
def test_a_folder_named_like_a_library_is_no_package(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


def test_every_place_names_the_same_pythons() -> None:
    script = (ROOT / "packaging" / "other_pythons.sh").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^for version in (.+); do$", script, re.MULTILINE)
    versions = listed.split()
    minors = [int(version.split(".")[1]) for version in versions]
    bounds = (str(minors[0]), str(minors[-1] + 1))
    for name in ("find_python.sh", "setup.sh"):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        assert re.findall(r"\(3, (\d+)\) <= sys\.version_info\[:2\] < \(3, (\d+)\)", text) == [bounds], name
    finder = (ROOT / "packaging" / "find_python.sh").read_text(encoding="utf-8")
    assert " ".join(f"python{version}" for version in reversed(versions)) in finder
    assert f"Signoff needs Python {', '.join(versions[:-1])} or {versions[-1]}, and none" in finder
    assert f"Python {versions[0]} to {versions[-1]}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert project()["project"]["requires-python"] == f">={versions[0]}"
