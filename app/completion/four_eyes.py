"""Four eyes: who reported outcomes of a job by hand does not also complete it alone. Pure."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from app.completion.evidence import DRAFTED, FOUR_EYES, ITEM_UPDATE, Origin
from app.completion.look_alikes import alphabets, look_alike, seen
from app.messages import said
from app.models.journal_row import JournalRow

UNNAMED: Final = said("somebody without a name")


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
        content = {FOUR_EYES: self.is_needed, "drafted_by": list(self.drafters)}
        return content | ({"confirmed_by": name} if name else {})

    @property
    def fault(self) -> str:
        """What is missing, as a sentence; "" where nothing is."""
        if not self.drafters or not self.is_needed:
            return ""
        name = folded(self.confirmed_by)
        if not name:
            return said("Write the name of the second person.")
        if name in map(folded, self.drafters):
            return said(
                "{name} reported outcomes of this job. Somebody else has to confirm it.", name=self.confirmed_by.strip()
            )
        alike = next((drafter for drafter in self.drafters if look_alike(drafter, self.confirmed_by)), None)
        if alike:
            return said(
                "This name reads like {name}, who reported outcomes of this job. Somebody else has to confirm it.",
                name=alike,
            )
        if len(alphabets(self.confirmed_by)) > 1:
            return said("This name mixes letters of several alphabets. Write it in those of one.")
        return ""


def folded(name: str) -> str:
    """Names are compared as they are read: by letters and digits, without case. "" is no name."""
    letters = "".join(each for each in seen(name).casefold() if unicodedata.category(each)[0] in "LMN")
    return unicodedata.normalize("NFKC", letters) if any(map(str.isalnum, letters)) else ""


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
