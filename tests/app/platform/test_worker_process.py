"""Work in a process of its own, within its time and memory."""

import asyncio
import os
import sys
import time

import pytest

from app.errors import SettingsProblem
from app.platform.worker_process import EndedEarly, TookTooLong, WorkerBounds, parts_of

PLENTY = WorkerBounds(seconds=60, memory_bytes=2**32)


def count(to):
    yield from range(to)


def refuse():
    yield 1
    raise SettingsProblem("This will not do", advice="Do otherwise.", details="42")


def hang(seconds):
    yield "begun"
    time.sleep(seconds)


def break_down():
    yield 1
    sys.exit(3)


def swell():
    yield len(bytearray(2**31))


async def all_of(work, *arguments, bounds=PLENTY):
    return [part async for part in parts_of(work, *arguments, bounds=bounds)]


async def test_every_part_arrives_in_order():
    assert await all_of(count, 3) == [0, 1, 2]


async def test_a_file_of_the_current_folder_is_never_taken_for_one_of_python(tmp_path, monkeypatch):
    (tmp_path / "struct.py").write_text("raise SystemExit('not the struct of Python')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    assert await all_of(count, 3) == [0, 1, 2]
    assert "PYTHONSAFEPATH" not in os.environ


async def test_a_problem_arrives_with_its_words():
    with pytest.raises(SettingsProblem, match="This will not do") as raised:
        await all_of(refuse)
    assert (raised.value.advice, raised.value.details) == ("Do otherwise.", "42")


async def test_work_that_takes_too_long_is_ended():
    with pytest.raises(TookTooLong, match=r"longer than 0\.5 seconds"):
        await all_of(hang, 300, bounds=WorkerBounds(seconds=0.5, memory_bytes=2**32))


@pytest.mark.filterwarnings("ignore::UserWarning")
async def test_a_process_that_ends_without_an_answer_is_told():
    with pytest.raises(EndedEarly):
        await all_of(break_down)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
async def test_work_that_wants_too_much_memory_ends_in_its_own_process(capfd):
    with pytest.raises(EndedEarly):
        await all_of(swell, bounds=WorkerBounds(seconds=60, memory_bytes=2**30))
    assert "MemoryError" in capfd.readouterr().err


async def test_whoever_has_heard_enough_ends_the_process():
    async def first():
        parts = parts_of(hang, 300, bounds=PLENTY)
        heard = await anext(parts)
        await parts.aclose()
        return heard

    assert await first() == "begun"


async def test_the_loop_turns_meanwhile():
    async def beats():
        turns = 0
        work = asyncio.ensure_future(all_of(hang, 0.3))
        while not work.done():
            await asyncio.sleep(0.01)
            turns += 1
        return turns

    assert await beats() > 10
