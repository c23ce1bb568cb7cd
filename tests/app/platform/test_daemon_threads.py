"""What never answers holds neither its asker nor the program's end."""

import asyncio
import subprocess
import sys
import threading
from time import monotonic

import pytest

from app.platform.daemon_threads import DaemonThreads, answer_within


def test_an_answer_in_time_is_the_answer_and_an_error_is_raised_where_it_is_waited_for():
    assert answer_within(10, lambda: "yes") == "yes"
    with pytest.raises(ZeroDivisionError):
        answer_within(10, lambda: 1 // 0)


def test_what_does_not_answer_is_left():
    release = threading.Event()
    with pytest.raises(TimeoutError):
        answer_within(0.05, release.wait)
    release.set()


async def test_a_loop_works_with_them_and_many_at_a_time():
    async def story() -> list[int]:
        asyncio.get_running_loop().set_default_executor(DaemonThreads(most=4))
        return await asyncio.gather(*(asyncio.to_thread(lambda number=number: number * 2) for number in range(50)))

    assert await asyncio.to_thread(lambda: asyncio.run(story())) == [number * 2 for number in range(50)]


def test_work_under_way_has_its_time_of_grace_and_what_did_not_begin_is_dropped():
    threads = DaemonThreads(most=1, grace_seconds=30)
    begun, go_on = threading.Event(), threading.Event()
    first = threads.submit(lambda: (begun.set(), go_on.wait()))
    second = threads.submit(lambda: None)
    assert begun.wait(30)
    threading.Timer(0.05, go_on.set).start()
    threads.shutdown()
    assert first.done()
    assert second.cancelled()


def test_an_error_belongs_to_whoever_waits():
    threads = DaemonThreads()
    assert isinstance(threads.submit(lambda: 1 // 0).exception(30), ZeroDivisionError)
    threads.shutdown()
    with pytest.raises(RuntimeError):
        threads.submit(lambda: None)


def test_a_program_ends_although_something_in_it_never_does():
    program = (
        "import asyncio, threading\n"
        "from app.platform.daemon_threads import DaemonThreads\n"
        "async def main():\n"
        "    asyncio.get_running_loop().set_default_executor(DaemonThreads(grace_seconds=0.2))\n"
        "    asyncio.ensure_future(asyncio.to_thread(threading.Event().wait))\n"
        "    await asyncio.sleep(0.1)\n"
        "asyncio.run(main())\n"
        "print('ended')\n"
    )
    began = monotonic()
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, "ended\n")
    assert monotonic() - began < 30
