"""A browser as the sign-in needs one: it opens an address, follows redirects, and shows the page it ends on."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import httpx


class FakeBrowser:
    """`open` is what the program is given; the page comes by itself a little later, in a task of its own."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.visits: list[asyncio.Task[httpx.Response]] = []

    def open(self, address: str) -> None:
        self.addresses.append(address)
        self.visits.append(asyncio.get_running_loop().create_task(visit(address)))

    async def page(self) -> httpx.Response:
        """What it shows at the end of its last way."""
        return await self.visits[-1]

    def asked(self) -> dict[str, str]:
        """The parameters of the last address."""
        return {name: value for name, (value,) in parse_qs(urlsplit(self.addresses[-1]).query).items()}


async def visit(address: str) -> httpx.Response:
    async with httpx.AsyncClient(follow_redirects=True, trust_env=False) as client:
        return await client.get(address)
