"""Which entries of the menus can do something now, what they are called, and why others cannot. Pure."""

from dataclasses import dataclass
from typing import NamedTuple

from app.messages import joined, said, shown, tr

_NOT_READ = said("Amounts and suppliers have not been read yet")
_NO_JOB = said("Choose a job first")
_ENDED = said("This job has ended: no outcome can be reported any more")
_NO_DRAFTS = said("No outcome is drafted")


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """What is on screen, as far as the menus go by it; without a job nothing about one can be done.

    `forbidden` is why nothing can be sent now, "" where everything can. `act` is the gate's button, `is_due` whether
    it would do something, `blocker` the first reason why not. `undo_name` and `redo_name` say what would be taken back,
    "" for nothing.
    """

    is_job_open: bool = False
    is_finished: bool = False
    has_accounting: bool = False
    forbidden: str = ""
    act: str = said("Complete…")
    is_due: bool = False
    blocker: str = ""
    has_drafts: bool = False
    undo_name: str = ""
    redo_name: str = ""
    leads_to_pleo: bool = False
    leads_to_books: bool = False

    @property
    def takes_outcomes(self) -> bool:
        """Also before amounts were read: what is dropped too early is told why it is not opened."""
        return self.is_job_open and not self.is_finished


class MenuEntry(NamedTuple):
    """One entry; without a text it keeps its own. The tooltip of one that can do nothing says why."""

    is_enabled: bool
    text: str = ""
    tooltip: str = ""


class MenuState(NamedTuple):
    """By the names of the window's actions."""

    act: MenuEntry
    copy_job_id: MenuEntry
    import_results: MenuEntry
    export_open_items: MenuEntry
    undo: MenuEntry
    redo: MenuEntry
    set_outcome: MenuEntry
    discard_drafts: MenuEntry
    send_outcomes: MenuEntry
    open_in_pleo: MenuEntry
    open_in_books: MenuEntry


def menu_state(facts: MenuFacts) -> MenuState:
    takes, why_not = facts.takes_outcomes, _why_not_outcomes(facts)
    lists = MenuEntry(takes and facts.has_accounting, tooltip=why_not or ("" if facts.has_accounting else _NOT_READ))
    can_act = facts.is_due and not facts.forbidden
    why_not_act = facts.forbidden or facts.blocker or ("" if facts.is_job_open else _NO_JOB)
    why_not_send = why_not or ("" if facts.has_drafts else _NO_DRAFTS) or facts.forbidden
    return MenuState(
        act=MenuEntry(can_act, joined("", ("&", facts.act)), "" if can_act else why_not_act),
        copy_job_id=MenuEntry(facts.is_job_open, tooltip="" if facts.is_job_open else _NO_JOB),
        import_results=lists,
        export_open_items=lists,
        undo=_undo(facts.undo_name),
        redo=_redo(facts.redo_name),
        set_outcome=MenuEntry(takes, tooltip=why_not),
        discard_drafts=MenuEntry(facts.has_drafts, tooltip="" if facts.has_drafts else _NO_DRAFTS),
        send_outcomes=MenuEntry(not why_not_send, tooltip=why_not_send),
        open_in_pleo=MenuEntry(
            facts.leads_to_pleo, tooltip="" if facts.leads_to_pleo else said("The chosen item has no address in Pleo")
        ),
        open_in_books=MenuEntry(
            facts.leads_to_books,
            tooltip="" if facts.leads_to_books else said("The chosen item has no address in the books"),
        ),
    )


def _why_not_outcomes(facts: MenuFacts) -> str:
    if not facts.is_job_open:
        return _NO_JOB
    return _ENDED if facts.is_finished else ""


def _undo(name: str) -> MenuEntry:
    """Undo and redo name what they do."""
    words = tr("&Undo: {act}", act=_literally(name)) if name else tr("&Undo")
    return MenuEntry(bool(name), words, "" if name else said("There is nothing to undo"))


def _redo(name: str) -> MenuEntry:
    words = tr("&Redo: {act}", act=_literally(name)) if name else tr("&Redo")
    return MenuEntry(bool(name), words, "" if name else said("There is nothing to redo"))


def _literally(name: str) -> str:
    """An ampersand in it, such as a file's, is no mnemonic."""
    return shown(name).replace("&", "&&")
