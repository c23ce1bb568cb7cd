"""Draws the icon of `resources/icons/signoff.svg` in the sizes and containers that desktops ask for."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# Apple's name of each size; those of a screen with two dots a point are twice as large.
_ICNS_TYPES = (
    (b"icp4", 16),
    (b"icp5", 32),
    (b"icp6", 64),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic13", 256),
    (b"ic14", 512),
)


def draw_icons(svg: Path, folder: Path) -> None:
    """Writes `signoff-SIZE.png`, `signoff.ico` and `signoff.icns`. Needs a QGuiApplication, without a screen too."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        (folder / f"signoff-{size}.png").write_bytes(png_of(svg, size))
    (folder / "signoff.ico").write_bytes(ico_of({size: png_of(svg, size) for size in _ICO_SIZES}))
    (folder / "signoff.icns").write_bytes(icns_of([(kind, png_of(svg, size)) for kind, size in _ICNS_TYPES]))


def png_of(svg: Path, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico_of(pictures: dict[int, bytes]) -> bytes:
    """A header of 6 bytes, an entry of 16 for each picture, then the pictures."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries, content = b"", b""
    for size, picture in pictures.items():
        side = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place + len(content))
        content += picture
    return head + entries + content


def icns_of(pictures: list[tuple[bytes, bytes]]) -> bytes:
    content = b"".join(kind + struct.pack(">I", len(picture) + 8) + picture for kind, picture in pictures)
    return b"icns" + struct.pack(">I", len(content) + 8) + content


def main(svg: str, folder: str) -> None:
    app = QGuiApplication([])
    draw_icons(Path(svg), Path(folder))
    del app


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
