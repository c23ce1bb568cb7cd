from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

R = TypeVar("R")
CopyCell = str | int | Decimal | None


class Align(Enum):
    START = "start"
    END = "end"
    CENTER = "center"


@dataclass(frozen=True)  # slots would break Column[Row](…) on Python 3.11
class Column(Generic[R]):
    """One column over rows of type R: the raw value, and the text that the user sees. Whatever shows title, text or
    tooltip says them in the user's language.

    Sorting takes `sort_key`, or else the raw value: text in the user's collation order, anything else as it compares;
    None comes last in both directions. `icon` answers the name of an icon that stands before the text. `width` is in
    device-independent pixels.

    `spoken` is what a screen reader says for the text where that alone says too little, `checked` whether the cell is a
    ticked box, None where it is no box.

    `copy` answers what a spreadsheet is given, one cell for each of `copy_titles`; numbers arrive there as numbers.
    Without it the text is copied.

    `hides_empty`: the column is not on screen while no row has anything in it, where whoever knows the rows says so.
    """

    key: str
    title: str
    value: Callable[[R], object]
    text: Callable[[R], str]
    align: Align = Align.START
    icon: Callable[[R], str | None] | None = None
    tooltip: Callable[[R], str] | None = None
    spoken: Callable[[R], str] | None = None
    checked: Callable[[R], bool | None] | None = None
    sort_key: Callable[[R], Any] | None = None
    width: int = 120
    stretch: bool = False
    shown: bool = True
    copy: Callable[[R], tuple[CopyCell, ...]] | None = None
    copy_titles: tuple[str, ...] = ()
    hides_empty: bool = False
