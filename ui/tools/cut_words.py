"""Says which words are cut off anywhere in the program, on a screen of a given size.

    python -m ui.tools.cut_words [--screen WIDTHxHEIGHT] [--text PERCENT] [--language CODE] [--pictures FOLDER]

Without a language it is one that is longer than any. Ends with 1 where something is cut off.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from app.messages import speak
from ui.common.language import speak_from_now_on
from ui.theme.apply import apply_theme, set_text
from ui.theme.metrics import Density
from ui.theme.tokens import Scheme
from ui.tools.fit import cut_off
from ui.tools.longer_language import LongerLanguage
from ui.tools.opened import opened
from ui.tools.walk import Page, drawn, pages, pages_of_an_end


class Wish(NamedTuple):
    """`language` is a code, "" for the longer one; `pictures` None draws none."""

    screen: tuple[int, int]
    text_percent: int
    language: str
    pictures: Path | None


def found(wish: Wish, folder: Path) -> Iterator[str]:
    """A sentence for each place; `folder` takes what the program writes."""
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(wish.screen, folder)}"
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    set_text(app, wish.text_percent, Density.USUAL)
    apply_theme(app, Scheme.LIGHT)
    if wish.language:
        speak_from_now_on(wish.language, app)
    else:
        speak(LongerLanguage())
    from ui.common.event_loop import WindowLoop

    loop = WindowLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        yield from loop.run_until_complete(_looked_at(wish, folder))


async def _looked_at(wish: Wish, folder: Path) -> list[str]:
    complaints = []
    async for page in _all_pages(wish.screen, folder):
        complaints += [f"{page.name}: {what}" for what in cut_off(page.widget)]
        if wish.pictures:
            wish.pictures.mkdir(parents=True, exist_ok=True)
            page.widget.grab().save(str(wish.pictures / f"{page.name}.png"))
    return complaints


async def _all_pages(size: tuple[int, int], folder: Path) -> AsyncIterator[Page]:
    for name in ("first", "everything", "end"):
        (folder / name).mkdir()
    async with opened(None, size, folder / "first") as controller:
        yield await drawn("the first page", controller.window)
    async with opened("mixed", size, folder / "everything") as controller:
        async for page in pages(controller, folder):
            yield page
    async with opened("all failed", size, folder / "end") as controller:
        async for page in pages_of_an_end(controller):
            yield page


def _screen(size: tuple[int, int], folder: Path) -> Path:
    """What Qt's platform without a screen takes for one."""
    width, height = size
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    about = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen | about]}), encoding="utf-8")
    return path


def _wish(words: list[str]) -> Wish:
    parser = argparse.ArgumentParser(description="Says which words are cut off anywhere in the program.")
    parser.add_argument("--screen", default="1280x720")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--language", default="")
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args(words)
    width, _, height = given.screen.partition("x")
    return Wish((int(width), int(height)), given.text, given.language, given.pictures)


def main() -> int:
    is_cut = False
    with tempfile.TemporaryDirectory() as folder:
        for complaint in found(_wish(sys.argv[1:]), Path(folder)):
            is_cut = True
            print(complaint)
    return int(is_cut)


if __name__ == "__main__":
    sys.exit(main())
