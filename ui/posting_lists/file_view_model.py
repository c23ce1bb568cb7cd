"""How a file was read, and how it would read otherwise: its encoding or its sheet, and what was left out."""

from dataclasses import dataclass

from app.messages import tr
from app.posting_lists.encodings import ENCODINGS
from app.posting_lists.table import PostingTable, ReadingChoice
from ui.tables.column import Column


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A line of the file that another encoding reads otherwise. `number` counts the lines shown."""

    number: int
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class FileView:
    table: PostingTable

    @property
    def encodings(self) -> tuple[tuple[str, str], ...]:
        """Codecs and their names; none of a workbook, or where all read the same."""
        return tuple((codec, ENCODINGS[codec]) for codec in self.table.readings)

    @property
    def sheets(self) -> tuple[str, ...]:
        """None where there is nothing to choose."""
        sheets = self.table.source.sheets
        return sheets if len(sheets) > 1 else ()

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.table.source.remarks

    def lines(self, codec: str) -> list[ReadingLine]:
        """Those that differ; where the codec is the present one, all that may."""
        now, then = (self.table.readings.get(each, ()) for each in (self.table.source.encoding, codec))
        count = max(len(now), len(then))
        pairs = zip(_filled(now, count), _filled(then, count), strict=True)
        is_present = codec == self.table.source.encoding
        return [
            ReadingLine(place, one, other) for place, (one, other) in enumerate(pairs, 1) if one != other or is_present
        ]

    def is_other(self, choice: ReadingChoice) -> bool:
        """Whether the file would be read otherwise than it was."""
        source = self.table.source
        return (choice.encoding or source.encoding, choice.sheet or source.sheet) != (source.encoding, source.sheet)


def _filled(lines: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (*lines, *[""] * (count - len(lines)))


def reading_columns() -> tuple[Column[ReadingLine], ...]:
    return (
        Column("now", tr("As it was read"), lambda line: line.now, lambda line: line.now, width=560),
        Column(
            "then", tr("With this encoding"), lambda line: line.then, lambda line: line.then, width=560, stretch=True
        ),
    )
