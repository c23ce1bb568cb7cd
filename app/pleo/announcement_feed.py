"""Fetches the announcement of a new version, over the user's proxy and certificate, without a credential."""

from urllib.parse import urlsplit

import httpx

from app.pleo.connection import Network, open_without_credential


async def fetch_announcement(address: str, network: Network, most_bytes: int) -> bytes | None:
    """The text as it lies there; None where it cannot be had, which is nothing to trouble anybody with.

    Raises UsageProblem for an address that is not https, or http to this very machine.
    """
    parts = urlsplit(address)
    client = await open_without_credential(f"{parts.scheme}://{parts.netloc}", network=network)
    content = b""
    try:
        async with client.stream("GET", parts.path or "/") as answer:
            if answer.status_code != httpx.codes.OK:
                return None
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > most_bytes:
                    return None
    except httpx.HTTPError:
        return None
    finally:
        await client.aclose()
    return content
