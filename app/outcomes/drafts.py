"""The drafted outcomes of a job, with undo and redo. Pure."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.messages import nsaid
from app.models.draft import Changes, Draft, DraftRefusal, Drafts, PostingRow
from app.models.item_outcome import ItemOutcome
from app.models.page import ItemUpdateError
from app.models.vocabulary import EntryId

_STEPS_KEPT = 50


def drafts_of_list(
    outcomes: Iterable[ItemOutcome], rows: Mapping[EntryId, PostingRow], by: str, at: datetime
) -> list[Draft]:
    """Each comes from its row of the file."""
    return [Draft(outcome, by, at, source=rows.get(outcome.accounting_entry_id)) for outcome in outcomes]


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did to many items at once; `named` says it with their number, such as Mark 17 items as failed."""

    named: Callable[[int], str]


MARK_SUCCESSFUL = Act(lambda n: nsaid("Mark {n:,} item as posted", "Mark {n:,} items as posted", n))
MARK_FAILED = Act(lambda n: nsaid("Mark {n:,} item as failed", "Mark {n:,} items as failed", n))
DISCARD = Act(lambda n: nsaid("Discard the drafts of {n:,} item", "Discard the drafts of {n:,} items", n))


def taking_from(file_name: str) -> Act:
    return Act(
        lambda n: nsaid(
            "Take the outcomes of {n:,} item from {file}",
            "Take the outcomes of {n:,} items from {file}",
            n,
            file=file_name,
        )
    )


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One act, so that it can be taken back whole: the same items `before` and `after` it."""

    act: Act
    before: Changes
    after: Changes

    @property
    def name(self) -> str:
        return self.act.named(len(self.after))

    def without(self, ids: frozenset[EntryId]) -> "UndoStep":
        if ids.isdisjoint(self.after):
            return self
        return replace(self, before=_without(self.before, ids), after=_without(self.after, ids))

    def with_refused(self, drafts: Drafts, refused: Drafts) -> "UndoStep":
        """With `refused` in place of the same items' `drafts`, wherever the step holds these."""
        before, after = (_with_refused(changes, drafts, refused) for changes in (self.before, self.after))
        return replace(self, before=before, after=after)


@dataclass(frozen=True, slots=True)
class DraftBook:
    """The drafts of one job. `done` can be undone, the last first; `undone` can be done again."""

    drafts: Drafts = field(default_factory=dict)
    done: tuple[UndoStep, ...] = ()
    undone: tuple[UndoStep, ...] = ()

    @property
    def undo_name(self) -> str:
        """What undo would take back; "" where there is nothing."""
        return self.done[-1].name if self.done else ""

    @property
    def redo_name(self) -> str:
        return self.undone[-1].name if self.undone else ""

    def put(self, drafts: Iterable[Draft], act: Act) -> "DraftBook":
        """With these, in place of those of the same items. What is drafted just so already is no change."""
        return self._step(act, {draft.entry_id: draft for draft in drafts})

    def discard(self, ids: Iterable[EntryId]) -> "DraftBook":
        return self._step(DISCARD, dict.fromkeys((entry for entry in ids if entry in self.drafts), None))

    def undo(self) -> "DraftBook":
        """As before the last act; the same where there was none."""
        if not self.done:
            return self
        step = self.done[-1]
        return DraftBook(_with(self.drafts, step.before), self.done[:-1], (*self.undone, step))

    def redo(self) -> "DraftBook":
        if not self.undone:
            return self
        step = self.undone[-1]
        return DraftBook(_with(self.drafts, step.after), (*self.done, step), self.undone[:-1])

    def without(self, ids: Iterable[EntryId]) -> "DraftBook":
        """After Pleo has these items' outcomes: neither undo nor redo brings their drafts back."""
        gone = frozenset(ids)
        if not gone:
            return self
        drafts = {entry: draft for entry, draft in self.drafts.items() if entry not in gone}
        return DraftBook(drafts, _steps_without(self.done, gone), _steps_without(self.undone, gone))

    def refused(self, errors: Iterable[ItemUpdateError]) -> "DraftBook":
        """The drafts that Pleo did not take, with what it said; undo and redo bring that back with them."""
        refused = {
            error.accounting_entry_id: replace(draft, refusal=DraftRefusal(error.type, error.message))
            for error in errors
            if (draft := self.drafts.get(error.accounting_entry_id))
        }
        if not refused:
            return self
        done, undone = (
            tuple(step.with_refused(self.drafts, refused) for step in steps) for steps in (self.done, self.undone)
        )
        return DraftBook(_with(self.drafts, refused), done, undone)

    def _step(self, act: Act, wanted: Changes) -> "DraftBook":
        held = self.drafts
        known = held.keys() & wanted.keys()
        after = _without(wanted, {entry for entry in known if held[entry] == wanted[entry]}) if known else wanted
        if not after:
            return self
        before = dict(zip(after, map(held.get, after), strict=True))
        return DraftBook(_with(held, after), (*self.done, UndoStep(act, before, after))[-_STEPS_KEPT:])


def changes_between(before: Drafts, after: Drafts) -> Changes:
    """What has to be written down: each draft that is new or another, and None for each that has gone."""
    changed: dict[EntryId, Draft | None] = {
        entry: draft for entry, draft in after.items() if before.get(entry) is not draft
    }
    changed.update((entry, None) for entry in before if entry not in after)
    return changed


def _with(drafts: Drafts, changes: Changes) -> Drafts:
    merged = {**drafts, **changes}
    if all(changes.values()):
        return merged  # type: ignore[return-value]  # mypy does not see that None is not among them
    return {entry: draft for entry, draft in merged.items() if draft is not None}


def _without(changes: Changes, ids: Set[EntryId]) -> Changes:
    return {entry: draft for entry, draft in changes.items() if entry not in ids}


def _with_refused(changes: Changes, drafts: Drafts, refused: Drafts) -> Changes:
    same = {entry: refused[entry] for entry in refused.keys() & changes.keys() if changes[entry] == drafts[entry]}
    return {**changes, **same} if same else changes


def _steps_without(steps: Iterable[UndoStep], ids: frozenset[EntryId]) -> tuple[UndoStep, ...]:
    left = (step.without(ids) for step in steps)
    return tuple(step for step in left if step.after)
