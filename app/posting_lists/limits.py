"""How much a posting list may be: far above what accounting systems write, far below what a machine cannot bear."""

from typing import Final

MEGABYTE: Final = 1024 * 1024

LARGEST_FILE_BYTES: Final = 64 * MEGABYTE
LARGEST_UNPACKED_BYTES: Final = 256 * MEGABYTE
MOST_PARTS_OF_A_WORKBOOK: Final = 2_000
MOST_ROWS: Final = 1_048_576  # of a sheet of XLSX
MOST_COLUMNS: Final = 512  # DATEV's widest list has 125
MOST_CELLS: Final = 24_000_000
LONGEST_CELL: Final = 131_072  # characters; XLSX allows 32,767

READING_SECONDS: Final = 60
READING_BYTES: Final = 2048 * MEGABYTE

# Rows in which the headings are looked for.
HEAD_ROWS: Final = 20
