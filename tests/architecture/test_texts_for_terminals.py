"""Whoever reads at a terminal has neither keys nor menus: what names them says also what to do without."""

import ast
from collections.abc import Iterator
from pathlib import Path

from fakes.bracketed_language import bracketed

import app.errors as family
from app.errors import SignoffError
from app.messages import by_reader, joined, read_at_a_terminal, shown

APP = Path(family.__file__).parent
KEYS = ("(F5)", "Ctrl+", "Tools, ", "Copy the details", "copy the details", "on screen")
# Names a place of its own in a sentence about a proxy; imports and sign-ins in the browser are the window's alone.
OF_THE_WINDOW = ("app/settings/exchange.py", "app/settings/import_changes.py", "app/pleo/loopback.py")
NAMES = {"app/pleo/connection.py": "Tools, Settings, Network"}


def texts_for_the_window_alone(tree: ast.AST, *, is_told_otherwise: bool = False) -> Iterator[str]:
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in ("by_reader", "naming_menus"):
        for place, part in enumerate(tree.args):
            yield from texts_for_the_window_alone(part, is_told_otherwise=place == 0)
        return
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in ("said", "nsaid"):
        found = " ".join(each.value for each in tree.args if isinstance(each, ast.Constant))
        if any(key in found for key in KEYS) and not is_told_otherwise:
            yield found
    for part in ast.iter_child_nodes(tree):
        yield from texts_for_the_window_alone(part, is_told_otherwise=is_told_otherwise)


def test_every_text_of_the_app_that_names_keys_or_menus_has_words_for_a_terminal():
    found = []
    for path in APP.rglob("*.py"):
        name = path.relative_to(APP.parent).as_posix()
        if name not in OF_THE_WINDOW:
            texts = texts_for_the_window_alone(ast.parse(path.read_text(encoding="utf-8")))
            found += [(name, text) for text in texts if text != NAMES.get(name)]
    assert found == []


def kinds(kind: type[SignoffError] = SignoffError) -> Iterator[type[SignoffError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from kinds(each)


def test_no_advice_at_a_terminal_names_a_key_or_leaves_a_menu_without_its_window():
    for kind in kinds():
        with read_at_a_terminal():
            advice = shown(kind.advice)
        assert "(F5)" not in advice, kind
        assert "Tools, " not in advice or "which opens with: signoff" in advice, kind


def test_a_text_is_worded_for_where_it_is_read_and_said_in_the_users_language():
    text = joined(" ", (by_reader(family.RUN_IT_AGAIN, "at a terminal"), by_reader("in a window", family.RUN_IT_AGAIN)))
    assert shown(text) == "Run it again. in a window"
    with read_at_a_terminal():
        assert shown(text) == "at a terminal Run it again."
        with bracketed():
            assert shown(text) == "at a terminal ⟦Run it again.⟧"
    assert shown(text) == "Run it again. in a window"
