"""Which entries of the menus can do something now, what they are called, and why others cannot. Pure."""

from dataclasses import dataclass
from typing import NamedTuple

from app.messages import joined, said, shown, tr

_NOT_READ = said("Amounts and suppliers have not been read yet")


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """What is on screen, as far as the menus go by it; without a job nothing about one can be done.

    `forbidden` is why nothing can be sent now, "" where everything can. `act` is the gate's button, `is_due` whether
    it would do something. `undo_name` and `redo_name` say what would be taken back, "" for nothing.
    """

    is_job_open: bool = False
    is_finished: bool = False
    has_accounting: bool = False
    forbidden: str = ""
    act: str = said("Complete…")
    is_due: bool = False
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
    """One entry; without a text it keeps its own."""

    is_enabled: bool
    text: str = ""
    tooltip: str = ""


class MenuState(NamedTuple):
    """By the names of the window's actions."""

    act: MenuEntry
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
    takes, can_send = facts.takes_outcomes, not facts.forbidden
    lists = MenuEntry(takes and facts.has_accounting, tooltip=_NOT_READ if takes and not facts.has_accounting else "")
    return MenuState(
        act=MenuEntry(facts.is_due and can_send, joined("", ("&", facts.act))),
        import_results=lists,
        export_open_items=lists,
        undo=_undo(facts.undo_name),
        redo=_redo(facts.redo_name),
        set_outcome=MenuEntry(takes),
        discard_drafts=MenuEntry(facts.has_drafts),
        send_outcomes=MenuEntry(takes and facts.has_drafts and can_send),
        open_in_pleo=MenuEntry(facts.leads_to_pleo),
        open_in_books=MenuEntry(facts.leads_to_books),
    )


def _undo(name: str) -> MenuEntry:
    """Undo and redo name what they do."""
    return MenuEntry(bool(name), tr("&Undo: {act}", act=_literally(name)) if name else tr("&Undo"))


def _redo(name: str) -> MenuEntry:
    return MenuEntry(bool(name), tr("&Redo: {act}", act=_literally(name)) if name else tr("&Redo"))


def _literally(name: str) -> str:
    """An ampersand in it, such as a file's, is no mnemonic."""
    return shown(name).replace("&", "&&")
