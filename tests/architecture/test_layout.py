"""The shape of the checkout that tools and people rely on."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "packaging" / "program"
PROGRAM_ROOMS = (ROOT / "app", ROOT / "ui", PROGRAM)
PACKAGES = sorted(path for room in PROGRAM_ROOMS for path in room.rglob("__init__.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
MADE = {"__pycache__", "build", "dist", ".git", ".venv", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
# Put together here, so that this file names none of them either.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"), ("npmjs", "org"))
]


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the checkout by its path; what programs made is left out."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE and not name.endswith((".egg-info", "_cache"))]
        for name in names:
            path = Path(folder, name)
            try:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_every_package_says_in_three_lines_what_it_is_for_may_touch_and_never_touches(path):
    lines = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
    assert len(lines) == 3
    assert lines[0].endswith(".")
    assert lines[1].startswith("May touch: ")
    assert lines[2].startswith("Never touches: ")


def test_every_file_of_the_program_can_be_read_in_one_sitting():
    lines = {path: len(path.read_bytes().splitlines()) for room in PROGRAM_ROOMS for path in room.rglob("*.py")}
    assert {path.name: count for path, count in lines.items() if count >= 400} == {}


@pytest.mark.parametrize(("room", "most"), [("app", 5), ("ui", 0)])
def test_the_root_of_a_room_holds_folders_rather_than_files(room, most):
    loose = [path.name for path in (ROOT / room).glob("*.py") if path.name != "__init__.py"]
    assert len(loose) <= most, loose


@pytest.mark.parametrize("folder", ["resources", "packaging", "requirements", "tests"])
def test_folders_that_are_no_packages_have_no_init(folder):
    assert not [path for path in (ROOT / folder).rglob("__init__.py") if PROGRAM not in path.parents]


def test_test_files_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_no_text_names_the_host_of_a_package_registry():
    found = [(path, host) for path, text in texts() for host in REGISTRIES if host in text]
    assert found == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_requirement_of_a_lock_has_a_version_and_hashes(path):
    text = path.read_text(encoding="utf-8")
    lines = [
        line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    assert lines
    assert [line for line in lines if not re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert "://" not in text


def test_there_is_a_lock_to_run_and_a_lock_to_develop():
    assert {path.name for path in LOCKS} >= {"runtime.txt", "development.txt"}
    assert not (ROOT / "uv.lock").exists()


def test_a_pyside_that_loses_references_to_none_is_never_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "PySide6-Essentials>=6.11,<6.12" in project["dependencies"]
    locked = re.findall(r"^pyside6-essentials==(\S+)", "\n".join(path.read_text() for path in LOCKS), re.MULTILINE)
    assert locked
    assert {version.split(".")[:2] == ["6", "11"] for version in locked} == {True}
