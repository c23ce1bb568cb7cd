"""Which row holds the headings, and what each column is, told from their words. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from app.posting_lists.known_words import ColumnRole, Heading, known_words, squeezed
from app.posting_lists.table import Cell, Row, text_of

# A name with other words about it counts less than any name that stands alone.
_AMONG_OTHERS: Final = 100
_LEAST_ROLES: Final = 2
_LONGEST_HEADING: Final = 80


@dataclass(frozen=True, slots=True)
class Recognised:
    """`row` is the place of the headings, None where there are none. `language` is theirs, "" where none stands out."""

    row: int | None
    roles: Mapping[ColumnRole, int]
    language: str

    @property
    def score(self) -> int:
        return len(self.roles)


class _Wish(NamedTuple):
    rank: int
    column: int
    heading: Heading


NOTHING: Final = Recognised(None, {}, "")


def recognise(head: Sequence[Row]) -> Recognised:
    """The best of the first rows; the upper one where two are as good."""
    found = [recognise_row(place, row) for place, row in enumerate(head)]
    best = max(found, key=attrgetter("score"), default=NOTHING)
    return best if best.score >= _LEAST_ROLES else NOTHING


def recognise_row(place: int, row: Row) -> Recognised:
    """Each role goes to the column that names it best, and each column has one role at most."""
    wishes = sorted((wish for column, cell in enumerate(row) for wish in _wishes(column, cell)), key=_order)
    roles: dict[ColumnRole, int] = {}
    taken: set[int] = set()
    for wish in wishes:
        if wish.heading.role not in roles and wish.column not in taken:
            roles[wish.heading.role] = wish.column
            taken.add(wish.column)
    languages = {(wish.column, wish.heading.language) for wish in wishes if roles.get(wish.heading.role) == wish.column}
    return Recognised(place, roles, _most_common(Counter(language for _, language in languages)))


def _order(wish: _Wish) -> tuple[int, int]:
    return wish.rank, wish.column


def _wishes(column: int, cell: Cell) -> Iterator[_Wish]:
    heading = text_of(cell) if isinstance(cell, str) else ""
    if not heading or len(heading) > _LONGEST_HEADING:
        return
    names = known_words().headings
    alone = names.get(squeezed(heading), ())
    yield from (_Wish(known.rank, column, known) for known in alone)
    if not alone:
        for part in _parts(heading):
            for known in names.get(part, ()):
                # Soll/Haben-Kennzeichen says on which side an amount stands, and is none.
                if known.role is not ColumnRole.CREDIT:
                    yield _Wish(_AMONG_OTHERS + known.rank, column, known)


def _parts(heading: str) -> Iterator[str]:
    """Its words, and each two that follow one another."""
    words = [word for word in map(squeezed, heading.replace("-", " ").replace("/", " ").split()) if word]
    yield from ("".join(pair) for pair in pairwise(words))
    yield from words


def _most_common(languages: Counter[str]) -> str:
    """The one language that more headings are in than in any other."""
    (first, second) = (*languages.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] > second[1] else ""
