"""Four eyes: who reported outcomes of a job by hand does not also complete it alone. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.completion.evidence import DRAFTED, ITEM_UPDATE, Origin
from app.models.journal_row import JournalRow

UNNAMED: Final = "somebody without a name"

# Letters and marks that nobody sees: fillers, joiners and selectors of a glyph.
_UNSEEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


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
        name = folded(self.confirmed_by)
        if not name:
            return "Write the name of the second person."
        if name in map(folded, self.drafters):
            return f"{self.confirmed_by.strip()} reported outcomes of this job. Somebody else has to confirm it."
        return ""


def folded(name: str) -> str:
    """Names are compared as they are read: by letters and digits, without case. "" is no name."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    seen = "".join(each for each in _UNSEEN.sub("", letters) if unicodedata.category(each)[0] in "LMN")
    return unicodedata.normalize("NFKC", seen) if any(map(str.isalnum, seen)) else ""


def drafters_recorded_in(intentions: Iterable[JournalRow], origin: Origin) -> tuple[str, ...]:
    """Who stands behind the item outcomes that were sent to this server, each once."""
    found: dict[str, str] = {}
    for row in intentions:
        content = json.loads(row.content)
        is_here = Origin(content["who"], content["connection"]).address == origin.address
        if content["what"] == ITEM_UPDATE and is_here:
            names = [draft["by"] for draft in content.get(DRAFTED, ())] or [""]
            for by in names:
                name = next(filter(folded, (by, content["who"])), UNNAMED)
                found.setdefault(folded(name), name)
    return tuple(found.values())
