"""The window and its dialogs in a language that is longer than any: no words of the program are cut off."""

from pathlib import Path

import pytest
from fakes.bracketed_language import spoken
from fakes.desk import OpenDesk
from fakes.qt_loop import Run
from fakes.running_sandbox import RunningSandbox

from ui.connections.connection_view import Watching
from ui.tools.fit import cut_off
from ui.tools.longer_language import LongerLanguage
from ui.tools.walk import pages, pages_of_an_end

CALM = Watching(base=60)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 600)])
def test_pseudo(run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path, size: tuple[int, int]) -> None:
    found: dict[str, list[str]] = {}

    async def journey() -> None:
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(*size)
            async for page in pages(desk.controller, tmp_path):
                found[page.name] = cut_off(page.widget)
        sandbox.load("all failed")
        async with open_desk(sandbox.url, watching=CALM) as desk:
            await desk.read()
            desk.window.resize(*size)
            async for page in pages_of_an_end(desk.controller):
                found[page.name] = cut_off(page.widget)

    with spoken(LongerLanguage()):
        run(journey())
    for name, what in found.items():
        print("##", name, len(what))
        for w in what:
            print("    ", w[:220])
    assert {name: what for name, what in found.items() if what} == {}
