"""What the papers say of the checkout: each path that they name is there."""

import re
import string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = [
    *(ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Folders that are made, not kept.
MADE = {".venv", "build", "dist"}
FILES = r"[\w./-]+\.(?:py|md|toml|txt|sh|qss|yaml|svg|png)"
KEPT = sorted(path.name for path in ROOT.iterdir())
every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))


def prose(paper: Path) -> str:
    return FENCED.sub("", paper.read_text(encoding="utf-8"))


def paths_named_in(text: str) -> set[str]:
    """What stands in backticks and is a file's name, or begins with a folder of the checkout."""
    found = set()
    for code in re.findall(r"`([^`\n]+)`", text):
        for word in code.split():
            first, slash, _ = word.partition("/")
            if first not in MADE and (re.fullmatch(FILES, word) or (slash and first in KEPT)):
                found.add(word)
    return found


def is_there(path: str) -> bool:
    """A bare name, such as `service.py`, may stand for any file that is called so."""
    if "/" in path or (ROOT / path).exists():
        return (ROOT / path).exists()
    return any(True for room in ("app", "ui", "tests", "docs") for _ in (ROOT / room).rglob(path))


def anchor_of(heading: str) -> str:
    kept = "".join(sign for sign in heading.strip().lower() if sign not in string.punctuation.replace("-", ""))
    return kept.replace(" ", "-")


@every_paper
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    assert sorted(path for path in paths_named_in(prose(paper)) if not is_there(path)) == []


@every_paper
def test_every_link_of_a_paper_leads_somewhere(paper: Path) -> None:
    lost = []
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", prose(paper)):
        path, _, anchor = target.partition("#")
        aim = (paper.parent / path) if path else paper
        headings = re.findall(r"^#+ (.*)$", aim.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        if not aim.exists() or (anchor and anchor not in map(anchor_of, headings)):
            lost.append(target)
    assert lost == []


def test_a_path_that_is_gone_is_noticed() -> None:
    named = paths_named_in("`app/nowhere.py`, `service.py` and `no_such_file.py` in `ui/never`, `python -m app.cli`")
    assert {path for path in named if not is_there(path)} == {"app/nowhere.py", "no_such_file.py", "ui/never"}
    assert "service.py" in named


def test_every_decision_is_in_the_index_with_its_title() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    titles = [path.read_text(encoding="utf-8").partition("\n")[0] for path in records]
    lines = [
        f"| [{path.name[:4]}]({path.name}) | {title.removeprefix(f'# {path.name[:4]}: ')} |"
        for path, title in zip(records, titles, strict=True)
    ]
    assert [line for line in index.splitlines() if line.startswith("| [")] == lines
