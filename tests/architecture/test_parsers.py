"""What comes from a file or a server is parsed in one place, where whatever it does to the parser is a wrong text."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARSERS = {("json", "load"), ("json", "loads"), ("tomllib", "load"), ("tomllib", "loads")}
# What Signoff wrote itself: the files that come with it, what its own processes say, bodies and rows of the journal.
OWN_TEXTS = {
    "app/completion/evidence.py",
    "app/completion/four_eyes.py",
    "app/completion/freshness.py",
    "app/composition/sandbox_process.py",
    "app/composition/self_check.py",
    "app/composition/update_check.py",
    "app/outcomes/failure_wordings.py",
    "app/outcomes/reports.py",
    "app/outcomes/service.py",
    "app/outcomes/set_by.py",
    "app/platform/languages.py",
    "app/pleo/asked_for.py",
    "app/posting_lists/denials.py",
    "app/posting_lists/known_words.py",
    "app/review/failure_catalogue.py",
}


def parsing_files() -> set[str]:
    found = set()
    for room in ("app", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = node.value if isinstance(node, ast.Attribute) else None
                if isinstance(name, ast.Name) and (name.id, node.attr) in PARSERS:
                    found.add(path.relative_to(ROOT).as_posix())
    return found


def test_texts_of_others_are_parsed_by_the_one_room_that_tells_of_wrong_ones():
    found = {path for path in parsing_files() if not path.startswith("app/sandbox/")}  # it shares no code with the app
    assert found - OWN_TEXTS == {"app/texts/parsing.py"}


def test_the_list_of_own_texts_names_nothing_that_has_gone():
    assert parsing_files() >= OWN_TEXTS
