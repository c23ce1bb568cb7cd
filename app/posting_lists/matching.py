"""Which item each row of a list is about, by what it was found, and what speaks against taking its word. Pure.

A row names its item by the reconciliation id, then by the entry's id, then by a reference; a row that names none is
looked for by date with amount and currency. Nothing is guessed: several items that fit stay several, two rows for one
item must say the same, and the order of the rows makes no difference.

Nearly all rows of a list name one item each and agree with it. These are told apart column by column; only the others
are looked at one by one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain

from app.posting_lists.damaged_rows import with_damaged_rows
from app.posting_lists.finder import Finder, Found
from app.posting_lists.job_index import JobIndex, tokens
from app.posting_lists.judge import Judge
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.match_result import MatchedBy, MatchResult, Plainly, RowMatch, plainly_by
from app.posting_lists.rows import ListedRows
from app.posting_lists.table import Cell, text_of
from app.slices import Slices, slices

# The place of the one item that each row is about; None where there is none, or may be another.
Named = list[int | None]


def match(rows: ListedRows, index: JobIndex, today: date) -> Slices[MatchResult]:
    """`today` is the last day on which something can have been posted."""
    yield from rows.look_around()
    plainly = yield from _all_plainly_named(rows, index)
    unnamed = [place for place, item in enumerate(plainly) if item is None] if None in plainly else []
    found = yield from _found(rows, index, unnamed)
    named = _named(plainly, found, len(index.items))
    seen: set[int | None] = set(named)
    rivals = {} if len(seen) == len(named) else _rivals(named)
    yield
    judge, finder = Judge(rows, index, today, rivals), Finder(rows, index)
    # Where ids of the list name items, a row with another names none.
    names_items = len(unnamed) < len(rows) or any(
        each and each.by is not MatchedBy.DATE_AND_AMOUNT for each in found.values()
    )
    others: dict[int, RowMatch] = {}
    in_question = yield from _in_question(rows, index, named, judge, rivals)
    to_judge = [*dict.fromkeys([*found, *in_question])]
    for part in slices(len(to_judge)):
        for place in to_judge[part]:
            each = found[place] if place in found else _as_found(plainly[place], len(index.items))
            known = each is not None or names_items or finder.would_be_found(place)
            others[place] = judge.judged(place, each, would_be_found=known)
        yield
    # Rows with the same candidates share them, however many there are.
    candidates = {id(other.items): other.items for other in others.values()}
    for items in candidates.values():
        seen.update(items)
    count = len(index.items)
    missing = [item for item in range(count) if item not in seen] if len(seen) < count or None in seen else []
    return (yield from with_damaged_rows(MatchResult(rows.numbers, plainly, count, others, missing), rows))


def _all_plainly_named(rows: ListedRows, index: JobIndex) -> Slices[Plainly]:
    """By the entries' own ids too, where a list may hold them. Ids in several columns must agree, so they all count."""
    if len(rows.keys) == 1:
        plainly = yield from _plainly_named(rows, index)
        if None not in plainly:
            return plainly
    yield from index.index_own_ids()
    return (yield from _plainly_named(rows, index))


def _plainly_named(rows: ListedRows, index: JobIndex) -> Slices[Plainly]:
    """By the very letters of its ids, as nearly every row does."""
    lookup: Callable[[Cell], int | None] = index.sure.get  # type: ignore[assignment]  # what is no text finds nothing
    hits: Plainly = []
    for part in slices(len(rows)):
        columns = [[*map(lookup, cells[part])] for _, cells in rows.keys]
        hits += columns[0] if len(columns) == 1 else _named_by_all(columns, rows, part, index)
        yield
    return hits or [None] * len(rows)


def _named_by_all(columns: Sequence[Plainly], rows: ListedRows, part: slice, index: JobIndex) -> Plainly:
    """What the columns name together; None where what one of them holds may be an id that is written otherwise."""
    agreed = [_agreed(hits, len(index.items)) for hits in zip(*columns, strict=True)]
    for (role, cells), hits in zip(rows.keys, columns, strict=True):
        for place in _to_look_at(role, cells[part], hits, index):
            agreed[place] = None
    return agreed


def _to_look_at(role: ColumnRole, cells: Sequence[Cell], hits: Plainly, index: JobIndex) -> list[int]:
    """A reference may be anything, so it counts only where it has an id of this job in it."""
    missed = [place for place, hit in enumerate(hits) if hit is None and cells[place]]
    texts = [text_of(cells[place]).casefold() for place in missed]
    may_be_another = role is not ColumnRole.REFERENCE
    if not may_be_another and not index.knows_any(chain(texts, tokens("\n".join(texts)))):
        return []
    return [
        place
        for place, text in zip(missed, texts, strict=True)
        if index.knows_any(said := [text, *tokens(text)]) or (may_be_another and any(map(index.is_like_an_id, said)))
    ]


def _agreed(hits: tuple[int | None, ...], count: int) -> int | None:
    """What all ids of a row name that are known, by the best of them."""
    named = [hit for hit in hits if hit is not None]
    return min(named) if len({hit % count for hit in named}) == 1 else None


def _found(rows: ListedRows, index: JobIndex, places: Sequence[int]) -> Slices[dict[int, Found | None]]:
    """What the rows at these places may be about, for which their ids alone do not tell."""
    if not places:
        return {}
    yield from index.index_everything()
    finder = Finder(rows, index)
    found: dict[int, Found | None] = {}
    for part in slices(len(places)):
        found.update((place, finder.named(place)) for place in places[part])
        yield
    unnamed = [place for place in places if found[place] is None]
    if unnamed and finder.can_look_by_date():
        yield from index.index_days()
        for part in slices(len(unnamed)):
            found.update((place, finder.by_date(place)) for place in unnamed[part])
            yield
    return found


def _named(plainly: Plainly, found: Mapping[int, Found | None], count: int) -> Named:
    """For each row the one item that it is about; None where there is none, or may be another."""
    if not found and max(plainly, default=0) < count:  # type: ignore[type-var, operator]  # what is not found is None
        return plainly
    return [_item_of(hit, found.get(place), count) for place, hit in enumerate(plainly)]


def _item_of(hit: int | None, found: Found | None, count: int) -> int | None:
    if hit is not None:
        return hit % count
    return found.items[0] if found and len(found.items) == 1 else None


def _rivals(named: Named) -> dict[int, list[int]]:
    """The rows for each item that has more than one."""
    several = {item for item, times in Counter(named).items() if times > 1}
    rivals: dict[int, list[int]] = {}
    for place, item in enumerate(named):
        if item is not None and item in several:
            rivals.setdefault(item, []).append(place)
    return rivals


def _in_question(
    rows: ListedRows, index: JobIndex, named: Named, judge: Judge, rivals: Mapping[int, Sequence[int]]
) -> Slices[list[int]]:
    """Of the rows that are about one item those that do not plainly agree with it."""
    differ = set((yield from _with_other_money(rows, index, named)))
    objected = [*rows.objections]
    for part in slices(len(objected)):
        differ.update(filter(judge.is_objected_to, objected[part]))
        yield
    early = yield from rows.told_before(index.early_from_job)
    for part in slices(len(early)):
        differ.update(
            place for place in early[part] if (item := named[place]) is not None and judge.is_early(place, item)
        )
        yield
    has_doubtful = judge.has_doubtful_rows()
    if not rivals and not has_doubtful:
        return [place for place in sorted(differ) if named[place] is not None]
    places: list[int] = []
    for part in slices(len(rows)):
        for place, item in enumerate(named[part], part.start):
            if item is not None and (place in differ or item in rivals or judge.doubts_of_row(place, item)):
                places.append(place)
        yield
    return places


def _with_other_money(rows: ListedRows, index: JobIndex, named: Named) -> Slices[list[int]]:
    """The rows whose amount is not their item's in the supplier's currency. Most have just that, or no amount, and to
    compare whole lists of digits takes half the time of comparing each."""
    if not rows.has_amounts():
        return []
    yield from index.index_money()
    places: list[int] = []
    for part in slices(len(rows)):
        items = [item or 0 for item in named[part]]
        digits, codes = [*map(index.hundredths.__getitem__, items)], [*map(index.currencies.__getitem__, items)]
        told, cells = rows.hundredths(part), rows.currency_cells(part)
        if digits != told or codes != cells:
            money = enumerate(
                zip(zip(digits, codes, strict=True), zip(told, cells, strict=True), strict=True), part.start
            )
            unlike = [place for place, (items_own, rows_own) in money if items_own != rows_own]
            places += (
                place
                for place, amount in zip(unlike, rows.amounts(unlike), strict=True)
                if (item := named[place]) is not None and not index.is_money_of(item, amount, rows.currency(place))
            )
        yield
    return places


def _as_found(hit: int | None, count: int) -> Found | None:
    return None if hit is None else Found((hit % count,), plainly_by(hit, count))
