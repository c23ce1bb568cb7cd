"""Four eyes: who reported outcomes of a job by hand does not also complete it alone. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from app.completion.evidence import DRAFTED, FOUR_EYES, ITEM_UPDATE, Origin
from app.completion.look_alikes import skeleton
from app.models.journal_row import JournalRow

UNNAMED: Final = "somebody without a name"

# Letters and marks that nobody sees: fillers, joiners and selectors of a glyph.
_UNSEEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """By whom the job's outcomes were reported by hand, who confirms that it is completed, and whether somebody has to.

    Names are as their owners declare them: nothing here knows who is sitting at the machine.
    """

    drafters: tuple[str, ...]
    confirmed_by: str = ""
    is_needed: bool = True

    @classmethod
    def recorded_in(cls, intentions: Sequence[JournalRow], origin: Origin, confirmed_by: str, *, now: bool) -> Self:
        """By what was reported to this server. It is needed where four eyes hold `now`, or held with any report."""
        is_needed = now or were_asked_for(intentions, origin)
        return cls(drafters_recorded_in(intentions, origin), confirmed_by, is_needed)

    def as_content(self) -> dict[str, Any]:
        """For the row of the event."""
        name = self.confirmed_by.strip()
        said = {FOUR_EYES: self.is_needed, "drafted_by": list(self.drafters)}
        return said | ({"confirmed_by": name} if name else {})

    @property
    def fault(self) -> str:
        """What is missing, as a sentence; "" where nothing is."""
        if not self.drafters or not self.is_needed:
            return ""
        name = folded(self.confirmed_by)
        if not name:
            return "Write the name of the second person."
        if name in map(folded, self.drafters):
            return f"{self.confirmed_by.strip()} reported outcomes of this job. Somebody else has to confirm it."
        alike = next((drafter for drafter in self.drafters if look_alike(drafter, self.confirmed_by)), None)
        if alike:
            return f"This name reads like {alike}, who reported outcomes of this job. Somebody else has to confirm it."
        return ""


def folded(name: str) -> str:
    """Names are compared as they are read: by letters and digits, without case. "" is no name."""
    seen = _seen(unicodedata.normalize("NFKD", name).casefold())
    return unicodedata.normalize("NFKC", seen) if any(map(str.isalnum, seen)) else ""


def look_alike(one: str, other: str) -> bool:
    """Whether who reads the two names takes them for one, because the letters of another alphabet pass for its own."""
    first, second = (skeleton(_seen(unicodedata.normalize("NFKD", name))) for name in (one, other))
    return first == second


def _seen(letters: str) -> str:
    return "".join(each for each in _UNSEEN.sub("", letters) if unicodedata.category(each)[0] in "LMN")


def drafters_recorded_in(intentions: Iterable[JournalRow], origin: Origin) -> tuple[str, ...]:
    """Who stands behind the item outcomes that were sent to this server, each once."""
    found: dict[str, str] = {}
    for content in _reports(intentions, origin):
        names = [draft["by"] for draft in content.get(DRAFTED, ())] or [""]
        for by in names:
            name = next(filter(folded, (by, content["who"])), UNNAMED)
            found.setdefault(folded(name), name)
    return tuple(found.values())


def were_asked_for(intentions: Iterable[JournalRow], origin: Origin) -> bool:
    """Whether four eyes held when outcomes were reported to this server. What held then holds to the job's end,
    whatever became of the connection since."""
    return any(content.get(FOUR_EYES) is True for content in _reports(intentions, origin))


def _reports(intentions: Iterable[JournalRow], origin: Origin) -> Iterator[dict[str, Any]]:
    for row in intentions:
        content = json.loads(row.content)
        is_here = Origin(content["who"], content["connection"]).address == origin.address
        if content["what"] == ITEM_UPDATE and is_here:
            yield content
