"""The sign at each package's door against what the package really imports."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
ROOTS = ("app", "ui")
PACKAGES = sorted(
    ".".join(path.parent.relative_to(ROOT).parts) for root in ROOTS for path in (ROOT / root).rglob("__init__.py")
)
# Whoever says anything says it there.
OPEN_TO_ALL = {"app.messages"}
APP_SHARES = {"app.errors", "app.models", "app.platform", "app.ports", "app.slices", "app.texts"}
GROUPS = {
    "app's shared rooms": APP_SHARES,
    "the shared rooms": APP_SHARES | {"ui.common", "ui.tables", "ui.theme", "ui.widgets"},
    "Qt": {"PySide6", "qasync", "shiboken6"},
    "Python's standard library": set(),
}


def named_on_the_sign(package: str) -> list[str]:
    """`May touch: names with commas between them; anything more in words.`"""
    source = ROOT.joinpath(*package.split("."), "__init__.py").read_text(encoding="utf-8")
    line = (ast.get_docstring(ast.parse(source)) or "").splitlines()[1]
    return line.removeprefix("May touch: ").removesuffix(".").split(";")[0].split(", ")


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOTS, include_external_packages=True, cache_dir=None)


def imports(package: str) -> set[str]:
    """Rooms (`app.models`) and libraries (`httpx`) that the package's own files import, other than its own room."""
    own = {module for module in graph().modules if home(module) == package}
    rooms = {room(found) for module in own for found in graph().find_modules_directly_imported_by(module)}
    return rooms - {room(package)} - OPEN_TO_ALL - sys.stdlib_module_names


def home(module: str) -> str:
    while module and module not in PACKAGES:
        module = module.rpartition(".")[0]
    return module


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[0] in ROOTS else 1])


def covered_by(name: str, found: set[str]) -> set[str]:
    if name in GROUPS:
        return found & GROUPS[name]
    return {each for each in found if each == name or (name.endswith(".*") and each.startswith(name[:-1]))}


def unknown(names: list[str]) -> Iterator[str]:
    for name in names:
        if name not in GROUPS and not re.fullmatch(r"[A-Za-z_]\w*(\.\w+)?|(app|ui)\.\*", name):
            yield name


@pytest.mark.parametrize("package", PACKAGES)
def test_a_sign_names_rooms_and_libraries_that_a_program_can_read(package):
    assert list(unknown(named_on_the_sign(package))) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_whatever_a_package_imports_stands_on_its_sign(package):
    found = imports(package)
    assert found - {each for name in named_on_the_sign(package) for each in covered_by(name, found)} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_sign_names_nothing_that_the_package_does_not_import(package):
    found = imports(package)
    names = [name for name in named_on_the_sign(package) if name != "Python's standard library"]
    assert [name for name in names if not covered_by(name, found)] == []
