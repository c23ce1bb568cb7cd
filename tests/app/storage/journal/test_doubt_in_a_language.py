"""What speaks against a journal is a whole sentence in any language, and names the same finding in each."""

from collections.abc import Iterator

import pytest
from fakes.bracketed_language import bracketed

from app.messages import shown
from app.models.journal_row import JournalHead, JournalRow
from app.storage.journal.chain import ORIGIN, Break, first_break, hash_of
from app.storage.journal.doubt import End, JournalDoubt, doubt_about_count, doubt_about_end, doubt_about_rows, together

AT = "2026-03-02T09:00:00.000+00:00"


def chain(length: int, at: str = AT) -> tuple[JournalRow, ...]:
    rows, previous = [], ORIGIN
    for number in range(1, length + 1):
        row = (number, "a", "sent", at, "{}", previous)
        previous = hash_of(*row)
        rows.append(JournalRow(*row, previous))
    return tuple(rows)


def end(rows: tuple[JournalRow, ...], *aside: str) -> End:
    return End(rows, rows[0] if rows else None, rows[-1] if rows else None, len(rows), aside)


HEAD = JournalHead(1_234, "0" * 64, AT, 1_234)
ENDED = "it ended with row 1,234 of 2026-03-02 09:00 UTC"
LATER = "2026-03-03T09:00:00.000+00:00"


@pytest.fixture(autouse=True)
def in_brackets() -> Iterator[None]:
    with bracketed():
        yield


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        (doubt_about_end(HEAD, end(())), f"The journal is gone: {ENDED}, and there is none now"),
        (
            doubt_about_end(HEAD, end((), "old.sqlite3")),
            f"The journal is gone: {ENDED}, and there is none now; a damaged one was kept aside as old.sqlite3",
        ),
        (
            doubt_about_end(HEAD, end(chain(2, LATER))),
            f"The journal was begun anew: {ENDED}, and the one that lies there began later",
        ),
        (
            doubt_about_end(HEAD, end(chain(2))),
            (
                f"The journal is older than it was: {ENDED}, and now ends with row 2, as after a backup was put back, "
                "or rows were cut off"
            ),
        ),
        (
            doubt_about_end(JournalHead(1, "0" * 64, AT, 1), end(chain(1))),
            (
                "The journal is another than it was: it ended with row 1 of 2026-03-02 09:00 UTC, which is not in it "
                "now; it was rewritten, or another one was put in its place"
            ),
        ),
        (
            doubt_about_end(None, end((), "old.sqlite3")),
            "A damaged journal was kept aside as old.sqlite3, and nobody has said yet what Pleo shows of its jobs",
        ),
        (
            doubt_about_count(1_234, 2),
            "Rows of the journal were taken out, or put between others: it held 1,234, now 2",
        ),
    ],
)
def test_a_finding_is_one_message(doubt: JournalDoubt, words: str) -> None:
    assert doubt.words == words
    assert shown(doubt.words) == f"⟦{words}⟧"


@pytest.mark.parametrize(
    ("rows", "given_out", "found"),
    [
        (chain(2)[1:], 2, Break(2, "row 1 is missing before it")),
        (chain(2), 3, Break(3, "it is missing at the end")),
    ],
)
def test_where_a_chain_breaks_is_said_with_why(rows: tuple[JournalRow, ...], given_out: int, found: Break) -> None:
    assert first_break(rows, given_out) == found
    doubt = doubt_about_end(None, End(rows, rows[0], rows[-1], given_out))
    assert shown(doubt.words) == f"⟦The journal is broken at row {found.sequence}: ⟦{found.why}⟧⟧"


def test_several_findings_stand_beside_each_other_and_their_code_is_that_of_the_english_words() -> None:
    rows = doubt_about_rows((), chain(7), {})
    doubt = together((doubt_about_count(1, 2), rows))
    assert shown(doubt.words) == (
        "⟦Rows of the journal were taken out, or put between others: it held 1, now 2⟧. "
        "⟦Rows ⟦⟦1⟧, ⟦2⟧, ⟦3⟧, ⟦4⟧, ⟦5⟧ and 2 more⟧ of the journal, about this job, were changed or cannot be read⟧"
    )
    assert doubt.code == JournalDoubt(str(doubt.words), doubt.rows).code
