"""What a sheet of an old workbook (.xls) says beside its values: hidden and struck rows, zeros that a format shows,
errors. Read from its records: see [MS-XLS] and, for the container, [MS-CFB]. Pure."""

import struct
from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from app.posting_lists.sheet_details import Place, SheetDetails, shows_zeros

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES: Final = 512
_LAST_SECTOR: Final = 0xFFFFFFFA  # above are marks, such as the end of a chain
_SMALL_STREAM_BYTES: Final = 4096
_DIRECTORY_ENTRY: Final = 128
# Records by their numbers.
_BOF, _EOF, _FILEPASS, _FONT, _FORMAT, _XF, _SHEET, _ROW = 0x809, 0x0A, 0x2F, 0x31, 0x41E, 0xE0, 0x85, 0x208
_FORMULA, _ERROR, _SEVERAL_NUMBERS = 0x06, 0x205, 0xBD
_NUMBERS: Final = (0x203, 0x27E, _FORMULA)
_TEXTS: Final = (0xFD, 0x204, 0xD6)
_UNICODE_VERSION: Final = 0x600
_STRUCK_FONT: Final = 0x08
_HIDDEN_ROW: Final = 0x20
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Styles(NamedTuple):
    """By the numbers that cells have for their styles."""

    struck: frozenset[int]
    formats: dict[int, str]


def is_encrypted(content: bytes) -> bool:
    """Whether an old workbook asks for a password; False where that cannot be told."""
    try:
        return any(kind == _FILEPASS for kind, _ in _records(_stream(content), 0))
    except (struct.error, IndexError, ValueError):
        return False


def old_sheet_details(content: bytes, name: str) -> SheetDetails:
    """Nothing but `is_unknown` where the records cannot be followed."""
    try:
        return _details(_stream(content), name)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return SheetDetails(is_unknown=True)


def _details(stream: bytes, name: str) -> SheetDetails:
    start = next(place for title, place in _sheets(stream) if title == name)
    styles = _styles(stream)
    hidden: set[int] = set()
    struck: set[int] = set()
    formats: dict[Place, str] = {}
    errors: dict[Place, str] = {}
    for kind, body in _records(stream, start):
        if kind == _ROW:
            if struct.unpack_from("<I", body, 12)[0] & _HIDDEN_ROW:
                hidden.add(struct.unpack_from("<H", body)[0] + 1)
            continue
        for row, column, style in _cells(kind, body):
            if style in styles.struck:
                struck.add(row)
            if style in styles.formats and kind not in _TEXTS:
                formats[row, column] = styles.formats[style]
            if error := _error(kind, body):
                errors[row, column] = error
    return SheetDetails(frozenset(hidden), frozenset(struck), formats, errors, len(errors))


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, counted from 1, column and style of each cell that a record holds."""
    if kind == _SEVERAL_NUMBERS:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            yield row + 1, first + place, struct.unpack_from("<H", body, 4 + 6 * place)[0]
    elif kind in _NUMBERS or kind in _TEXTS or kind == _ERROR:
        row, column, style = struct.unpack_from("<HHH", body)
        yield row + 1, column, style


def _error(kind: int, body: bytes) -> str:
    if kind == _ERROR and body[7]:
        return _ERRORS.get(body[6], "#ERROR")
    if kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "#ERROR")
    return ""


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Titles, and where the sheets begin."""
    is_unicode = struct.unpack_from("<H", stream, 4)[0] == _UNICODE_VERSION
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            yield _text(body[6:], is_unicode=is_unicode, length_bytes=1), struct.unpack_from("<I", body)[0]


def _styles(stream: bytes) -> _Styles:
    is_unicode = struct.unpack_from("<H", stream, 4)[0] == _UNICODE_VERSION
    fonts: list[bool] = []
    codes: dict[int, str] = {}
    styles: list[tuple[int, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK_FONT))
        elif kind == _FORMAT:
            length = 2 if is_unicode else 1
            codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], is_unicode=is_unicode, length_bytes=length)
        elif kind == _XF:
            styles.append(struct.unpack_from("<HH", body))
    # There is no font of number 4: the fifth is called 5.
    struck_fonts = {place + (place >= 4) for place, is_struck in enumerate(fonts) if is_struck}
    plain = {number: code.partition(";")[0] for number, code in codes.items()}
    return _Styles(
        frozenset(place for place, (font, _) in enumerate(styles) if font in struck_fonts),
        {place: plain[code] for place, (_, code) in enumerate(styles) if shows_zeros(plain.get(code, ""))},
    )


def _text(body: bytes, *, is_unicode: bool, length_bytes: int) -> str:
    length = int.from_bytes(body[:length_bytes], "little")
    if not is_unicode:
        return body[length_bytes : length_bytes + length].decode("cp1252", "replace")
    text = body[length_bytes + 1 :]
    return text[: 2 * length].decode("utf-16-le") if body[length_bytes] & 1 else text[:length].decode("latin-1")


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """To the end of the part that begins there. Charts inside a sheet are parts of their own."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1 and kind not in (_BOF, _EOF):
            yield kind, body
        if depth == 0:
            return
        place += 4 + size


def _stream(content: bytes) -> bytes:
    """The workbook inside its container. Raises ValueError where there is none."""
    sector_bytes = 1 << struct.unpack_from("<H", content, 30)[0]
    directory_start, small_start = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 60)[0]

    def sector(number: int) -> bytes:
        place = _HEADER_BYTES + number * sector_bytes if sector_bytes == 512 else (number + 1) * sector_bytes
        return content[place : place + sector_bytes]

    def numbers(data: bytes) -> list[int]:
        return [*struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])]

    table_sectors = numbers(content[76:_HEADER_BYTES])
    more = struct.unpack_from("<I", content, 68)[0]
    while more < _LAST_SECTOR and len(table_sectors) * sector_bytes <= len(content):
        *listed, more = numbers(sector(more))
        table_sectors += listed
    table = [*chain.from_iterable(numbers(sector(number)) for number in table_sectors if number < _LAST_SECTOR)]
    directory = b"".join(map(sector, _chain(table, directory_start)))
    entries = [directory[place : place + _DIRECTORY_ENTRY] for place in range(0, len(directory), _DIRECTORY_ENTRY)]
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace").casefold()
        if name in ("workbook", "book"):
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= _SMALL_STREAM_BYTES:
                return b"".join(map(sector, _chain(table, start)))[:size]
            small = b"".join(map(sector, _chain(table, struct.unpack_from("<I", entries[0], 116)[0])))
            small_table = numbers(b"".join(map(sector, _chain(table, small_start))))
            return b"".join(small[64 * number : 64 * number + 64] for number in _chain(small_table, start))[:size]
    raise ValueError("There is no workbook in the container")


def _chain(table: list[int], number: int) -> Iterator[int]:
    """Raises ValueError for one that runs in a circle."""
    for _ in range(len(table) + 1):
        if number >= _LAST_SECTOR:
            return
        yield number
        number = table[number]
    raise ValueError("The container's chain of sectors has no end")
