import asyncio

from fakes.clocks import run_at_once

from app.watching.concurrency_limit import ConcurrencyLimit


async def _take(turns, seconds, log, name):
    async with turns.one():
        log.append(f"{name} begins")
        await asyncio.sleep(seconds)
    log.append(f"{name} ends")


def test_only_so_many_look_at_a_time():
    async def scene():
        turns, log = ConcurrencyLimit(at_once=2), []
        await asyncio.gather(*(_take(turns, 1, log, name) for name in "abc"))
        return log

    assert run_at_once(scene())[:2] == ["a begins", "b begins"]
    assert run_at_once(scene()).index("c begins") > 2


def test_one_that_takes_long_gives_its_turn_away_and_goes_on():
    async def scene():
        turns, log = ConcurrencyLimit(at_once=1, longest_seconds=3), []
        await asyncio.gather(_take(turns, 60, log, "slow"), _take(turns, 1, log, "quick"), _take(turns, 1, log, "last"))
        return log

    assert run_at_once(scene()) == [
        "slow begins",
        "quick begins",
        "quick ends",
        "last begins",
        "last ends",
        "slow ends",
    ]


def test_a_turn_that_was_given_away_is_not_given_back_twice():
    async def scene():
        turns, log = ConcurrencyLimit(at_once=1, longest_seconds=1), []
        await _take(turns, 5, log, "slow")
        await asyncio.gather(*(_take(turns, 0.5, log, name) for name in "ab"))
        return log

    assert run_at_once(scene())[2:] == ["a begins", "a ends", "b begins", "b ends"]


def test_a_look_that_is_cancelled_frees_its_turn():
    async def scene():
        turns, log = ConcurrencyLimit(at_once=1), []
        slow = asyncio.ensure_future(_take(turns, 60, log, "slow"))
        await asyncio.sleep(0.1)
        slow.cancel()
        await _take(turns, 1, log, "next")
        return log

    assert run_at_once(scene()) == ["slow begins", "next begins", "next ends"]
