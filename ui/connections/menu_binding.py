"""Lets the menus speak to the panes of the connection that is on screen, and say what can be done there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMetaObject, QObject, Qt, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.models.snapshot import AccountingData, JobSnapshot
from ui.completion.gate_panel import GatePanel
from ui.completion.presenter import CompletionPresenter
from ui.connections.outcomes_binding import OutcomesBinding
from ui.connections.posting_lists_binding import PostingLists
from ui.items.detail import BOOKS, PLEO
from ui.items.navigation import has_failed, needs_attention
from ui.items.page import ItemsPage
from ui.items.presenter import ItemsPresenter
from ui.shell.main_window import MainWindow
from ui.shell.menu_state import MenuFacts
from ui.theme.metrics import scaled

_STEP = 32  # pixels of a splitter
_LINKS = ("open_in_pleo", "open_in_books")


class MenuBinding(QObject):
    """Several connections have one each; only that of the connection on screen is active."""

    def __init__(
        self,
        window: MainWindow,
        page: ItemsPage,
        items: ItemsPresenter,
        gate: GatePanel,
        completion: CompletionPresenter,
        drafting: OutcomesBinding,
        lists: PostingLists,
    ) -> None:
        super().__init__(page)
        self._window = window
        self._page = page
        self._items = items
        self._gate = gate
        self._completion = completion
        self._drafting = drafting
        self._lists = lists
        self._snapshot: JobSnapshot | None = None
        self._has_accounting = False
        self._links: Sequence[str] = ()
        self._forbidden = ""
        self._connections: list[QMetaObject.Connection] = []
        self.is_active = False
        page.links_changed.connect(self._take_links)
        items.review_changed.connect(self._take_review)
        drafting.drafts.book_changed.connect(lambda _book: self._show())
        self._add_letters()

    def activate(self) -> None:
        self.is_active = True
        self._connections = [signal.connect(act) for signal, act in self._acts()]
        self._show()

    def park(self) -> None:
        """The entries stay as they are until another connection shows its own."""
        self.is_active = False
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def show_snapshot(self, snapshot: JobSnapshot | None) -> None:
        """After all who judge it have."""
        self._snapshot = snapshot
        self._show()

    def forbid(self, reason: str) -> None:
        """Why nothing can be sent now; an empty reason allows it again."""
        self._forbidden = reason
        self._show()

    def _show(self) -> None:
        if self.is_active:
            self._window.show_menu(self._facts())

    def _facts(self) -> MenuFacts:
        gate, book = self._completion.gate, self._drafting.drafts.book
        facts = MenuFacts(
            is_job_open=self._snapshot is not None,
            is_finished=self._snapshot is not None and self._snapshot.job.is_finished,
            has_accounting=self._has_accounting,
            forbidden=self._forbidden,
            has_drafts=bool(book.drafts),
            undo_name=book.undo_name,
            redo_name=book.redo_name,
            leads_to_pleo=PLEO in self._links,
            leads_to_books=BOOKS in self._links,
        )
        if gate is None:
            return facts
        return replace(facts, act=gate.action, is_due=gate.is_enabled, blocker=gate.first_blocker)

    def _acts(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        actions, page, table = self._window.actions_by_name, self._page, self._page.table
        drafting, lists, go_to_next = self._drafting, self._lists, self._items.navigator.go_to_next
        return (
            (actions.act.triggered, self._completion.act_by_keys),
            (actions.copy_job_id.triggered, self._copy_job_id),
            (actions.import_results.triggered, lambda: lists.import_from()),  # noqa: PLW0108 - not with what is checked
            (actions.export_open_items.triggered, lists.export),
            (self._window.file_dropped, lists.import_from),
            (actions.undo.triggered, drafting.drafts.undo),
            (actions.redo.triggered, drafting.drafts.redo),
            (actions.set_outcome.triggered, drafting.set_outcome),
            (actions.discard_drafts.triggered, drafting.discard),
            (actions.send_outcomes.triggered, drafting.send),
            (actions.copy.triggered, lambda: table.copy_selection(with_headers=False)),
            (actions.copy_with_headers.triggered, lambda: table.copy_selection(with_headers=True)),
            (actions.select_all.triggered, table.selectAll),
            (table.rows_copied, self._window.say_copied),
            (actions.open_in_pleo.triggered, lambda: page.link_requested.emit(PLEO)),
            (actions.open_in_books.triggered, lambda: page.link_requested.emit(BOOKS)),
            (actions.find.triggered, self._find),
            (actions.show_all.triggered, page.show_all_items),
            (actions.blocking_first.triggered, self._items.show_blocking_first),
            (actions.speak_row.triggered, table.speak_row),
            (actions.speak_gate.triggered, self._gate.speak),
            (actions.columns.aboutToShow, self._fill_columns),
            (actions.taller_table.triggered, lambda: page.make_table_taller(scaled(_STEP))),
            (actions.shorter_table.triggered, lambda: page.make_table_taller(-scaled(_STEP))),
            (actions.next_to_do.triggered, lambda: go_to_next(needs_attention)),
            (actions.previous_to_do.triggered, lambda: go_to_next(needs_attention, backwards=True)),
            (actions.next_failed.triggered, lambda: go_to_next(has_failed)),
        )

    def _add_letters(self) -> None:
        """What has a single letter or a widget's own key is added where it is meant."""
        actions, table = self._window.actions_by_name, self._page.table
        letters = (actions.next_failed, actions.open_in_pleo, actions.open_in_books, actions.shortcuts_letter)
        table.addActions([*letters, actions.copy])
        self._page.detail.addActions(letters)
        table.addActions([actions.set_outcome, actions.discard_drafts])
        for place, names in ((table, (*_LINKS, "discard_drafts")), (self._page.detail, _LINKS)):
            for name in names:
                self._window.refusals.watch(name, getattr(actions, name), place)

    def _fill_columns(self) -> None:
        """For the current column, as the context menu of its title."""
        menu = self._window.actions_by_name.columns
        menu.clear()
        for before in menu.findChildren(QMenu):
            before.deleteLater()
        made = self._page.table.header_menu()
        made.setParent(menu)
        menu.addActions(made.actions())

    def _take_links(self, links: Sequence[str]) -> None:
        self._links = links
        self._show()

    def _take_review(self, _snapshot: JobSnapshot | None, accounting: AccountingData | None) -> None:
        self._has_accounting = accounting is not None
        self._show()

    def _copy_job_id(self) -> None:
        if self._snapshot:
            QGuiApplication.clipboard().setText(self._snapshot.job.id)
            self._window.say_job_id_copied()

    def _find(self) -> None:
        self._page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page.search.selectAll()
