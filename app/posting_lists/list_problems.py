"""What is to be said of a list as a whole before its rows: what denies it, what is missing to match it, what one answer
would settle. Pure."""

from typing import Final, NamedTuple

from app.messages import nsaid, said
from app.posting_lists.denials import is_denied_in_a_title
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.mapping import ListMapping
from app.posting_lists.match_result import Doubt, MatchResult, RowKind
from app.posting_lists.rows import ListedRows
from app.posting_lists.table import Source

_NAMES: Final = (ColumnRole.REFERENCE, ColumnRole.RECONCILIATION_ID, ColumnRole.ENTRY_ID, ColumnRole.TEXT)


class MissingColumns(NamedTuple):
    """What nobody can match without, and the roles that would do."""

    sentence: str
    roles: tuple[ColumnRole, ...]


def columns_missing(mapping: ListMapping) -> MissingColumns | None:
    """None where something can be matched."""
    columns = mapping.columns
    dates = ColumnRole.DATE in columns or ColumnRole.POSTING_DATE in columns
    amounts = ColumnRole.AMOUNT in columns or ColumnRole.CREDIT in columns
    if not any(role in columns for role in _NAMES) and not (dates and amounts):
        return MissingColumns(
            said("Say which column names the item, or which hold its date and amount."),
            (ColumnRole.REFERENCE, ColumnRole.DATE, ColumnRole.AMOUNT),
        )
    if ColumnRole.STATUS in columns or mapping.listed_means_posted:
        return None
    if ColumnRole.VOUCHER in columns and mapping.voucher_means_posted:
        return None
    return MissingColumns(
        said("Say which column holds the status, or the voucher, or that everything listed here is posted."),
        (ColumnRole.STATUS, ColumnRole.VOUCHER),
    )


def says_nothing_of_postings(rows: ListedRows, result: MatchResult) -> bool:
    """Whether the list is one of those, such as ledgers, in which rows have neither status nor voucher: one answer
    settles them all."""
    if rows.has_statuses or rows.mapping.listed_means_posted:
        return False
    others = [other for other in result.others.values() if other.items]
    unsaid = sum(
        1 for other in others if Doubt.STATUS_MISSING in other.doubts and not rows.text(ColumnRole.VOUCHER, other.place)
    )
    return unsaid > 0 and unsaid * 2 > len(others)


def warnings(source: Source, rows: ListedRows, result: MatchResult) -> list[str]:
    """Sentences that head the result."""
    sentences: list[str] = [quoted(says) for quoted, says in rows.around.titles if is_denied_in_a_title(says)]
    if is_denied_in_a_title(source.name.rpartition(".")[0].replace("_", " ").replace("-", " ")):
        sentences.append(said("The file is called '{file}': check that it lists what is posted.", file=source.name))
    sentences += source.remarks
    overlong = sum(1 for other in result.others.values() if Doubt.OVERLONG in other.doubts)
    if overlong:
        sentences.append(
            nsaid(
                "{n:,} row too long in the file: not taken unless you say so.",
                "{n:,} rows too long in the file: not taken unless you say so.",
                overlong,
            )
        )
    return sentences


def not_recognised(result: MatchResult) -> list[int]:
    """The numbers of the rows of which nobody can say whether they are about an item of this job."""
    return [other.number for other in result.others.values() if other.kind is RowKind.NOT_RECOGNISED]
