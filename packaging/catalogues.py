"""Brings the catalogues of messages up to date: `make catalogues`.

messages.pot is what the program's code says; each language's .po is brought to it, with what was translated before, and
its .mo is what the program reads. A message that changed a little keeps its translation as a comment only: a guess that
was never read by anybody must not stand before an accountant.
"""

import io
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
RESOURCES = ROOT / "resources"
FOLDER = RESOURCES / "languages"
KEYWORDS = {
    "said": None,
    "nsaid": (1, 2),
    "said_as": ((1, "c"), 2),
    "tr": None,
    "ntr": (1, 2),
    "tr_as": ((1, "c"), 2),
}
_ROOMS = ("app", "ui")
_SHOWN = ("title", "meaning", "where")


def template() -> Catalog:
    """Every message of the program, in the order of the files that say it."""
    found = _begun(None)
    for room in _ROOMS:
        said = extract_from_dir(
            ROOT / room,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _, message, comments, context in said:
            found.add(message, locations=[(f"{room}/{name}", 0)], auto_comments=comments, context=context)
    for name, texts in _data().items():
        for text in texts:
            found.add(text, locations=[(f"resources/{name}", 0)])
    return found


def _data() -> dict[str, list[str]]:
    """What is said by data: the failures in plain words, and the reasons that are proposed to people at Pleo."""
    failures = tomllib.loads((RESOURCES / "failure_types.toml").read_text(encoding="utf-8"))
    wordings = tomllib.loads((RESOURCES / "wordings.toml").read_text(encoding="utf-8"))
    return {
        "failure_types.toml": [words[name] for words in failures.values() for name in _SHOWN if name in words],
        "wordings.toml": [text for texts in wordings.values() for text in texts],
    }


def brought_up_to_date(path: Path, wanted: Catalog) -> Catalog:
    """What was translated before, in the order of the template; a file that is missing is begun."""
    catalogue = _begun(path.stem)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=path.stem, charset="utf-8")
        for message in known:
            if message.id:
                catalogue.add(message.id, message.string, user_comments=message.user_comments, context=message.context)
    catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """Without times and line numbers, so that it changes only where a message does."""
    for message in catalogue:
        message.locations = [(path, None) for path in sorted({path for path, _ in message.locations})]
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that stay English."""
    return [str(message.id) for message in catalogue if message.id and not _is_translated(message)]


def languages() -> list[Path]:
    with (FOLDER / "languages.toml").open("rb") as file:
        return [FOLDER / f"{code}.po" for code in tomllib.load(file) if code != "en"]


def main() -> int:
    wanted = template()
    (FOLDER / "messages.pot").write_bytes(as_text(wanted))
    for path in languages():
        catalogue = brought_up_to_date(path, wanted)
        path.write_bytes(as_text(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{path.stem}: {len(catalogue):,} messages, {len(untranslated(catalogue)):,} to be translated")
    return 0


def _begun(code: str | None) -> Catalog:
    named = f"in {Locale.parse(code).english_name}" if code else "to be translated"
    return Catalog(
        locale=code,
        header_comment=f"# What Signoff says, {named}: see CONTRIBUTING.md.",
        project="Signoff",
        version="(each version)",
        msgid_bugs_address="see README.md",
        creation_date=datetime(2026, 11, 30, tzinfo=UTC),
        revision_date=datetime(2026, 11, 30, tzinfo=UTC),
        last_translator="see languages.toml",
        language_team="see languages.toml",
        charset="utf-8",
        fuzzy=False,
    )


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(strings) and all(strings)


if __name__ == "__main__":
    sys.exit(main())
