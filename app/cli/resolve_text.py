"""`signoff resolve` in words: the table of rows, and what a person should know beside it."""

from collections.abc import Iterator
from decimal import Decimal

from app.cli import text
from app.cli.resolve import Resolution
from app.cli.resolve_words import COLUMN_WORDS, DOUBT_WORDS, KIND_WORDS, MATCHED_BY_WORDS, MEANING_WORDS
from app.jobs.service import why_without_accounting_data
from app.messages import joined, nsaid, said, tr
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.list_problems import columns_missing, not_recognised, says_nothing_of_postings, warnings
from app.posting_lists.mapping import headings_of
from app.posting_lists.match_result import RowKind, RowMatch
from app.posting_lists.sentences import doubt_words

_MOST_NOTES = 200
_MOST_SHOWN = 3


def resolution_text(found: Resolution) -> str:
    # Translators: SAYS heads what a row of a list says of its item, such as posted
    header = (tr("ROW"), tr("SAYS"), tr("ITEM"), tr("MATCHED BY"))
    lines = [header, *(_cells(found, row) for row in found.matched.result)]
    return text.table([tuple(map(text.harmless, line)) for line in lines])


def _cells(found: Resolution, row: RowMatch) -> tuple[str, ...]:
    status = found.matched.rows.status(row.place)
    items = (
        ", ".join(found.item_ids(row.items[:_MOST_SHOWN])) + (" …" if len(row.items) > _MOST_SHOWN else "")
        or KIND_WORDS[row.kind]
    )
    return str(row.number), MEANING_WORDS[status] if status else "?", items, _matched_by(row)


def _matched_by(row: RowMatch) -> str:
    if row.by and row.kind is RowKind.MATCHED:
        return MATCHED_BY_WORDS[row.by]
    return joined(", ", (DOUBT_WORDS[doubt] for doubt in row.doubts))


def notes(found: Resolution) -> Iterator[str]:
    """What a person should know beside the answer: how the file was read, and each row that is not taken."""
    source, rows = found.table.source, found.matched.rows
    if found.damage:
        yield text.problem_text(found.damage)
    yield joined(". ", (joined(": ", (source.name, source.format)), _columns(found)))
    if not rows.has(ColumnRole.POSTING_DATE):
        yield said("No column is known to hold the posting date, so no posting time is sent.")
    yield from warnings(source, rows, found.matched.result)
    if source.other_lists:
        yield said("Read another sheet with --sheet and its name.")
    yield from _what_would_help(found)
    if found.accounting.problem:
        yield why_without_accounting_data(found.accounting.problem)
        yield said("So the list's amounts could not be compared with Pleo's.")
    for under in rows.left_out:
        yield said("Row {row} stands under the list and was left out: {text}", row=under.number, text=under.text)
    doubtful = [row for row in found.matched.result if row.doubts]
    entries = [found.accounting.entries.get(item.accounting_entry_id) for item in found.snapshot.items]
    for row in doubtful[:_MOST_NOTES]:
        words = joined(" ", doubt_words(row, rows, entries, _written))
        yield said("Row {row}: {words}", row=row.number, words=words)
    if len(doubtful) > _MOST_NOTES:
        yield nsaid(
            "… and {n:,} more row like these.", "… and {n:,} more rows like these.", len(doubtful) - _MOST_NOTES
        )
    again = [str(row.number) for row in found.matched.result if row.same_as is not None]
    if again:
        rows_again = ", ".join(again[:_MOST_NOTES])
        yield said("These rows repeat what an earlier row says of the same item: {rows}.", rows=rows_again)
    yield joined("; ", (_rows_counted(found), _items_not_found(found)))


def _what_would_help(found: Resolution) -> Iterator[str]:
    missing = columns_missing(found.matched.mapping)
    if missing or not_recognised(found.matched.result):
        columns = missing.roles if missing else (ColumnRole.REFERENCE, ColumnRole.TEXT)
        names = headings_of(found.table, found.proposal.head_row)
        example = "\n".join(f'{role} = "…"' for role in columns)
        nothing = said("Rows that hold no id of this job, and no date with an amount, name no item.")
        yield missing.sentence if missing else nothing
        # A column without a heading has its English name in the file.
        for_map = said("For --map, a file such as this, where … is one of {columns}:", columns=", ".join(names))
        yield joined("\n", (for_map, "[columns]", example))
    if says_nothing_of_postings(found.matched.rows, found.matched.result):
        yield said(
            "No row says whether it is posted. If everything that is listed here is, say --all-posted, or in the file "
            "for --map: everything_listed_is_posted = true"
        )


def _rows_counted(found: Resolution) -> str:
    matched = len(found.of_kind(RowKind.MATCHED))
    counts = {"ambiguous": len(found.of_kind(RowKind.AMBIGUOUS)), "others": len(found.of_kind(RowKind.NOT_IN_JOB))}
    unnamed = len(not_recognised(found.matched.result))
    if not unnamed:
        return nsaid(
            "{n:,} row matched, {ambiguous:,} ambiguous, {others:,} not in this job",
            "{n:,} rows matched, {ambiguous:,} ambiguous, {others:,} not in this job",
            matched,
            **counts,
        )
    return nsaid(
        "{n:,} row matched, {ambiguous:,} ambiguous, {others:,} not in this job, {unnamed:,} that name no item",
        "{n:,} rows matched, {ambiguous:,} ambiguous, {others:,} not in this job, {unnamed:,} that name no item",
        matched,
        unnamed=unnamed,
        **counts,
    )


def _items_not_found(found: Resolution) -> str:
    """An item is missing in the file only where it would have been recognised there."""
    count, is_one_of_several = len(found.matched.result.missing), bool(found.table.source.other_lists)
    if not_recognised(found.matched.result):
        if is_one_of_several:
            return nsaid(
                "{n:,} item not recognised in the sheet that was read.",
                "{n:,} items not recognised in the sheet that was read.",
                count,
            )
        return nsaid("{n:,} item not recognised in the file.", "{n:,} items not recognised in the file.", count)
    if is_one_of_several:
        return nsaid(
            "{n:,} item missing in the sheet that was read.", "{n:,} items missing in the sheet that was read.", count
        )
    return nsaid("{n:,} item missing in the file.", "{n:,} items missing in the file.", count)


def _columns(found: Resolution) -> str:
    names = headings_of(found.table, found.proposal.head_row)
    known = [
        # Translators: {role} is what the column '{column}' of a list says, such as: posting date
        said("{role} is '{column}'", role=COLUMN_WORDS[role], column=names[place])
        for role, place in found.matched.mapping.columns.items()
    ]
    return (
        said("Read as: {columns}.", columns=joined(", ", known)) if known else said("Read as: nothing that is known.")
    )


def _written(amount: Decimal, currency: str) -> str:
    return f"{amount:f} {currency}"
