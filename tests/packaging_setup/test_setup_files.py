"""What the set-up promises: one Makefile that explains itself, and locks that name no place to download from."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["runtime", "development", "package"]
# As markers know them: what `make prove-locks` asks the index about.
MACHINES = [
    ("win32", "AMD64"),
    ("win32", "ARM64"),
    ("darwin", "x86_64"),
    ("darwin", "arm64"),
    ("linux", "x86_64"),
    ("linux", "aarch64"),
]


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
    development, package = (
        {normal(requirement) for requirement in project()["dependency-groups"][group]} for group in ("dev", "package")
    )
    assert runtime - locked["runtime"] == set()
    assert (runtime | development) - locked["development"] == set()
    assert (runtime | package) - locked["package"] == set()


def installed_on(name: str, system: str, machine: str, python: str) -> dict[str, set[str]]:
    """The versions of each library that a lock means for one machine."""
    versions: dict[str, set[str]] = {}
    there = {
        "sys_platform": system,
        "platform_machine": machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    for line in re.findall(r"^\w.*", lock(name), re.MULTILINE):
        requirement = Requirement(line.removesuffix("\\").strip())
        if requirement.marker is None or requirement.marker.evaluate(there):
            versions.setdefault(normal(requirement.name), set()).add(str(requirement.specifier))
    return versions


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize(("system", "machine"), MACHINES)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_a_lock_means_one_version_on_each_machine(name: str, system: str, machine: str, python: str) -> None:
    versions = installed_on(name, system, machine, python)
    assert {library: found for library, found in versions.items() if len(found) > 1} == {}
    runtime = {normal(line) for line in project()["project"]["dependencies"] if "sys_platform" not in line}
    assert runtime - set(versions) == set()


@pytest.mark.parametrize(("system", "machine"), MACHINES)
def test_no_lock_asks_for_a_wheel_of_cryptography_that_nobody_makes(system: str, machine: str) -> None:
    (locked,) = installed_on("runtime", system, machine, "3.12")["cryptography"]
    last = {("darwin", "x86_64"): "<49", ("win32", "ARM64"): "<46.0.4"}.get((system, machine), ">=49")
    assert locked.removeprefix("==") in SpecifierSet(last)


def test_the_locks_agree_on_versions() -> None:
    """What is frozen and what is tested is what runs."""
    versions = {name: set(re.findall(r"^(\S+==\S+)", lock(name), re.MULTILINE)) for name in LOCKS}
    assert versions["runtime"] - versions["development"] == set()
    assert versions["runtime"] - versions["package"] == set()


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
