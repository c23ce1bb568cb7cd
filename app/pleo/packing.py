"""Packing the pages of a long list in a thread, while the next ones are fetched and read."""

import asyncio

from app.models.compact_entry import EntryKeeper, KeptPage

# A change of threads costs as much as packing a tenth of a page.
_TOGETHER = 8


class Packing:
    def __init__(self, keeper: EntryKeeper) -> None:
        self._keeper = keeper
        self._under_way: asyncio.Task[None] | None = None

    def go_on(self) -> None:
        """Begins with what has come together, unless the last pages are still being packed."""
        is_busy = self._under_way is not None and not self._under_way.done()
        if len(self._keeper.unpacked) >= _TOGETHER and not is_busy:
            self._begin()

    async def end(self) -> None:
        """Packs what is left."""
        if self._under_way:
            await self._under_way
        if self._keeper.unpacked:
            await self._begin()

    def _begin(self) -> asyncio.Task[None]:
        pages, self._keeper.unpacked = self._keeper.unpacked, []
        self._under_way = asyncio.create_task(asyncio.to_thread(_pack, pages))
        return self._under_way


def _pack(pages: list[KeptPage]) -> None:
    for page in pages:
        page.pack()
