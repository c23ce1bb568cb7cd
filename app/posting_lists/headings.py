"""Which row holds the headings, and what each column is, told from their words. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from app.posting_lists.currencies import currency_of_heading
from app.posting_lists.denials import ColumnSense, sense_of_heading
from app.posting_lists.known_words import ColumnRole, Heading, StatusMeaning, known_words, squeezed
from app.posting_lists.table import Cell, Row, text_of

# A name with other words about it counts less than any name that stands alone.
_AMONG_OTHERS: Final = 100
_LEAST_ROLES: Final = 2
_LONGEST_HEADING: Final = 80
# Amount (DKK) is in that currency, whatever the row's is.
_IN_ONE_CURRENCY: Final = 50
# What a heading with such a word does not say, though it has the name of that role in it: a due date is no date of an
# entry, and who posted it no status.
_STATUS_ALONE: Final = (ColumnRole.STATUS,)
_SPOKEN_OF: Final = dict.fromkeys(
    (ColumnSense.OTHER_DAY, ColumnSense.PAYMENT), (ColumnRole.STATUS, ColumnRole.DATE, ColumnRole.POSTING_DATE)
)
_STATUS: Final = "status"
_ASIDE: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")


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


# Whether a column holds what no column of that role does.
IsUnfit = Callable[[int, ColumnRole], bool]


def _fits(_column: int, _role: ColumnRole) -> bool:
    return False


def recognise(head: Sequence[Row]) -> Recognised:
    """The best of the first rows; the upper one where two are as good."""
    found = [recognise_row(place, row) for place, row in enumerate(head)]
    best = max(found, key=attrgetter("score"), default=NOTHING)
    return best if best.score >= _LEAST_ROLES else NOTHING


def recognise_row(place: int, row: Row, is_unfit: IsUnfit = _fits) -> Recognised:
    """Each role goes to the column that names it best, and each column has one role at most."""
    all_wishes = (wish for column, cell in enumerate(row) for wish in _wishes(column, cell))
    wishes = sorted((wish for wish in all_wishes if not is_unfit(wish.column, wish.heading.role)), key=_order)
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
    # Amount (Debit) and Amount (Credit) are told apart by what stands aside.
    aside = [known for inner in _ASIDE.findall(heading) for known in names.get(squeezed(inner), ())]
    sides = [known for known in aside if known.role is ColumnRole.CREDIT] or [
        known for known in aside if known.role is ColumnRole.AMOUNT
    ]
    alone = sides or names.get(squeezed(heading), ())
    later = _IN_ONE_CURRENCY if currency_of_heading(heading) else 0
    yield from (_Wish(known.rank + later, column, known) for known in alone)
    if alone:
        return
    among = [known for part in _parts(heading) for known in names.get(part, ())]
    sense = sense_of_heading(heading) if among else None
    for known in among if sense is not ColumnSense.TAKEN_BACK else ():
        # Soll/Haben-Kennzeichen says on which side an amount stands, and is none; a status may be a payment's.
        if known.role is not ColumnRole.CREDIT and not (sense and known.role in _SPOKEN_OF.get(sense, _STATUS_ALONE)):
            yield _Wish(_AMONG_OTHERS + known.rank + later, column, known)


def roles_of_heading(heading: str) -> tuple[ColumnRole, ...]:
    """What a heading may mean, the likeliest first."""
    return tuple(wish.heading.role for wish in sorted(_wishes(0, heading), key=_order))


def is_yes_or_no(heading: str) -> bool:
    """Whether a column of that name, such as Posted, says yes and no."""
    key = squeezed(heading).removeprefix("is")
    return known_words().statuses.get(key) is StatusMeaning.SUCCESSFUL


def _parts(heading: str) -> Iterator[str]:
    """Its words, and each two that follow one another."""
    words = [word for word in map(squeezed, heading.replace("-", " ").replace("/", " ").split()) if word]
    yield from ("".join(pair) for pair in pairwise(words))
    yield from words
    # Belegstatus, Bilagsstatus: languages join their words.
    yield from (_STATUS for word in words if word.endswith(_STATUS) and word != _STATUS)


def _most_common(languages: Counter[str]) -> str:
    """The one language that more headings are in than in any other."""
    (first, second) = (*languages.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] > second[1] else ""
