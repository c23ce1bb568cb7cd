"""Four eyes: who reported outcomes of a job by hand does not also complete it alone. Pure."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.completion.evidence import DRAFTED, ITEM_UPDATE, Origin, Row


@dataclass(frozen=True, slots=True)
class Confirmation:
    """By whom the job's outcomes were reported by hand, and who confirms that it is completed."""

    drafters: tuple[str, ...]
    confirmed_by: str = ""

    @property
    def fault(self) -> str:
        """What is missing, as a sentence; "" where nothing is."""
        if not self.drafters:
            return ""
        name = _folded(self.confirmed_by)
        if not name:
            return "Write the name of the second person."
        if name in map(_folded, self.drafters):
            return f"{self.confirmed_by.strip()} reported outcomes of this job. Somebody else has to confirm it."
        return ""


def _folded(name: str) -> str:
    """Names are compared as they are read: without case, and without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def drafters_told_by(intentions: Iterable[Row], origin: Origin) -> tuple[str, ...]:
    """Who stands behind the item outcomes that were sent to this server, each once."""
    found: dict[str, str] = {}
    for row in intentions:
        content = json.loads(row.content)
        is_here = Origin(content["who"], content["connection"]).address == origin.address
        if content["what"] == ITEM_UPDATE and is_here:
            names = [said["by"] for said in content.get(DRAFTED, ())] or [content["who"]]
            for name in names:
                found.setdefault(_folded(name), name)
    return tuple(found.values())
