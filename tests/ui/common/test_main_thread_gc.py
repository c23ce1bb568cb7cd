"""Cyclic garbage is collected on the window's thread, and only there."""

import gc
import threading
import weakref

from ui.common.main_thread_gc import MainThreadCollector


class Knot:
    def __init__(self) -> None:
        self.itself = self


def test_a_worker_thread_never_collects_while_the_window_lives(qapp: object) -> None:
    collector = MainThreadCollector()
    try:
        gone: list[int] = []
        weakref.finalize(Knot(), lambda: gone.append(threading.get_ident()))
        worker = threading.Thread(target=lambda: [[] for _ in range(100_000)])
        worker.start()
        worker.join()
        assert not gone
        for _ in range(1_000):
            collector.collect_what_is_due()
        gc.collect()
        assert gone == [threading.get_ident()]
    finally:
        collector.stop()


def test_python_collects_by_itself_again_when_the_window_is_gone(qapp: object) -> None:
    collector = MainThreadCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
