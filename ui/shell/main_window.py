"""The frame: menus, three panes, the status bar. It is painted before anything of the network is imported."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import delete

from app.messages import ntr, tr
from ui.shell.actions import add_menus, show_state
from ui.shell.arrangement import Side, Widths
from ui.shell.folding import FoldedBar, Folding, PaneSplitter
from ui.shell.keys import PaneKeys
from ui.shell.menu_state import MenuFacts, menu_state
from ui.shell.refusals import Refusals
from ui.theme.metrics import scaled
from ui.widgets.announcements import announce
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.dropped_file import dropped_file
from ui.widgets.empty_state import EmptyState
from ui.widgets.enter_key import EnterKey
from ui.widgets.hairline import Hairline
from ui.widgets.message_bar import MessageBar
from ui.widgets.pane import Pane
from ui.widgets.place_banner import PlaceBanner
from ui.widgets.plain_label import PlainLabel, TextRole

# The least that is comfortable, and the most that is of use.
_SIZE = (1280, 720)
_WIDEST = (1600, 1000)
_FRAME_HEIGHT = 40
_SAID_MS = 5_000
_PANES = (280, 716, 284)
_STEP = 32
# Of the height of the window; what they say beyond that scrolls.
_SHARE_OF_MESSAGES = 3
# Entries whose keys the whole window takes; the others have letters, which are keys where nobody types.
WINDOW_KEYS = ("act", "import_results", "export_open_items", "undo", "redo", "set_outcome", "send_outcomes")
_LEAST = Widths(jobs=232, items=480, gate=248)


class MainWindow(QMainWindow):
    """`close_requested` asks for the window to go, `quit_requested` for the program to end; the window closes when
    `let_go` was called. `seen` tells that it is on screen again."""

    close_requested = Signal()
    quit_requested = Signal()
    seen = Signal()
    file_dropped = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Signoff")
        self.setAcceptDrops(True)
        self.actions_by_name = add_menus(self)
        EnterKey(self)
        self.pane_keys = PaneKeys(self)
        self.banner = PlaceBanner()
        self.banner.hide()
        self.messages = MessageBar()
        self.messages.setObjectName("windowMessages")
        self.news = MessageBar()
        self.news.setObjectName("windowNews")
        self.result = MessageBar(is_line=True)
        self.result.setObjectName("windowResult")
        self._told = BoundedColumn(ground="window")
        self.panes = PaneSplitter()
        self.welcome = EmptyState("signoff", tr("Opening …"), "")
        self._first_run = QVBoxLayout()
        # One after the other, for the company that is on screen.
        self._items, self._gates, self._answers = QStackedWidget(), QStackedWidget(), QStackedWidget()
        jobs, gate = self.actions_by_name.show_jobs, self.actions_by_name.show_gate
        self._folded_bar = FoldedBar(self._answers, jobs, gate)
        self.folding = Folding(self.panes, self._folded_bar, jobs, gate)
        self.splitter_sizes: dict[str, list[int]] = {}
        self._may_close = False
        self.takes_files = False
        self.rows_shown = PlainLabel(role=TextRole.QUIET, elide=True)
        self.connection_name = PlainLabel(role=TextRole.QUIET)
        self._arrange()
        self.refusals = Refusals(self.messages)
        for name in WINDOW_KEYS:
            self.refusals.watch(name, getattr(self.actions_by_name, name), self)
        self.show_menu(MenuFacts())
        self.resize(*_SIZE)
        actions = self.actions_by_name
        self.folding.replaced_items.connect(self._focus_pane)
        actions.quit.triggered.connect(self.quit_requested)
        for shortcuts in (actions.shortcuts, actions.shortcuts_letter):
            shortcuts.triggered.connect(self._show_shortcuts)
        step = scaled(_STEP)
        sides: tuple[tuple[QAction, Side, int], ...] = (
            (actions.wider_jobs, "jobs", step),
            (actions.narrower_jobs, "jobs", -step),
            (actions.wider_gate, "gate", step),
            (actions.narrower_gate, "gate", -step),
        )
        for action, side, pixels in sides:
            action.triggered.connect(partial(self._widen, side, pixels))

    def _arrange(self) -> None:
        self.rows_shown.setObjectName("rowsShown")
        self.rows_shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.connection_name.setObjectName("connectionName")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        self._told.column.setSpacing(0)
        for bar in (self.messages, self.news, self.result):
            self._told.column.addWidget(bar)
        column.addWidget(self._told)
        column.addWidget(self.welcome, 1)
        column.addLayout(self._first_run, 1)
        column.addWidget(self.panes, 1)
        column.addWidget(self._folded_bar)
        column.addWidget(Hairline())
        self._items.addWidget(
            EmptyState("job-in-progress", tr("No job chosen"), tr("Choose a job on the left to see its items."))
        )
        self._gates.addWidget(Pane("surface"))
        self._answers.addWidget(QWidget())
        self._answers.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for pane, narrowest in ((self._items, _LEAST.items), (self._gates, _LEAST.gate)):
            pane.setMinimumWidth(scaled(narrowest))
            self.panes.addWidget(pane)
        self.panes.hide()
        self.setCentralWidget(body)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.rows_shown, 1)
        self.statusBar().addPermanentWidget(self.connection_name)

    def install(self, jobs: QWidget) -> None:
        """Puts the list of jobs in, in place of the one that was there, with the sizes that the panes had."""
        self.remember_sizes()
        gone = self.panes.widget(0)
        if gone and gone is not self._items:
            # Here and now: what is left to Python could be collected on another thread, which Qt does not survive.
            delete(gone)
        jobs.setMinimumWidth(scaled(_LEAST.jobs))
        self.panes.insertWidget(0, jobs)
        self.panes.setStretchFactor(1, 1)
        self.panes.setSizes(list(_PANES))
        self.folding.arrange()
        self._restore_sizes(self.panes)

    def show_jobs(self) -> None:
        self._remove_first_run()
        self.welcome.hide()
        self.panes.show()
        self.folding.arrange()

    def add_panes(self, items: QWidget, gate: QWidget, answer: QWidget) -> None:
        """`answer` is what the gate says in a line, for a window that has no room for it."""
        for stack, pane in zip(self._stacks(), (items, gate, answer), strict=True):
            stack.addWidget(pane)

    def show_panes(self, items: QWidget, gate: QWidget, answer: QWidget) -> None:
        """Each company's panes are as large as those of the one before."""
        self.remember_sizes()
        for stack, pane in zip(self._stacks(), (items, gate, answer), strict=True):
            stack.setCurrentWidget(pane)
        self._restore_sizes(*items.findChildren(QSplitter), *gate.findChildren(QSplitter))

    def _stacks(self) -> tuple[QStackedWidget, ...]:
        return self._items, self._gates, self._answers

    def remove_panes(self, items: QWidget, gate: QWidget, answer: QWidget) -> None:
        """Room is left for others; without any it says that no job is chosen."""
        for stack, pane in zip(self._stacks(), (items, gate, answer), strict=True):
            if stack.currentWidget() is pane:
                stack.setCurrentIndex(0)
            delete(pane)

    def remember_sizes(self) -> None:
        for splitter in (self.panes, *self.panes.findChildren(QSplitter)):
            if splitter.isVisible() and any(splitter.sizes()):
                self.splitter_sizes[splitter.objectName()] = splitter.sizes()

    def _restore_sizes(self, *splitters: QSplitter) -> None:
        for splitter in splitters:
            sizes = self.splitter_sizes.get(splitter.objectName(), [])
            if len(sizes) == splitter.count():
                splitter.setSizes(sizes)

    def show_welcome(self, title: str, hint: str, button: str = "") -> None:
        self._show_nobody()
        self.welcome.set_texts(title, hint, button)
        self.welcome.show()

    def show_first_run(self, page: QWidget) -> None:
        """In place of everything else, until there is something to show."""
        self._show_nobody()
        self.welcome.hide()
        self._first_run.addWidget(page)

    def _show_nobody(self) -> None:
        self._remove_first_run()
        self.panes.hide()
        self._folded_bar.hide()
        self.banner.hide()
        self.setWindowTitle("Signoff")
        self.rows_shown.setText("")
        self.connection_name.setText(tr("Not connected"))

    def _remove_first_run(self) -> None:
        while (gone := self._first_run.takeAt(0)) and (page := gone.widget()):
            delete(page)

    def show_menu(self, facts: MenuFacts) -> None:
        """What can be done now, in the menus and by dropping a file."""
        state = menu_state(facts)
        show_state(self.actions_by_name, state)
        self.refusals.take(state)
        self.takes_files = facts.takes_outcomes

    def show_connection(self, title: str, status: str, banner: str, *, is_sandbox: bool) -> None:
        """An empty banner is none."""
        self.setWindowTitle(title)
        self.connection_name.setText(status)
        self.banner.show_place(banner, is_sandbox=is_sandbox)
        self.banner.setVisible(bool(banner))

    def show_companies(self, count: int) -> None:
        """Before a job is on screen, nobody's name stands in the title."""
        self.setWindowTitle("Signoff")
        self.banner.hide()
        self.connection_name.setText(ntr("{n:,} company", "{n:,} companies", count))

    def say_job_id_copied(self) -> None:
        words = tr("Job id copied")
        self.statusBar().showMessage(words, _SAID_MS)
        announce(self, words)

    def say_copied(self, count: int) -> None:
        """In the status bar: nothing else moves for it."""
        words = ntr("{n:,} row copied", "{n:,} rows copied", count)
        self.statusBar().showMessage(words, _SAID_MS)
        announce(self, words)

    def come_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes_files and dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def let_go(self) -> None:
        """Closes now: everything that was under way has ended, or is left to later."""
        self._may_close = True
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._told.bound_to(self.height() // _SHARE_OF_MESSAGES)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and not self.isMinimized():
            self.seen.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_requested.emit()

    def show_to_fit(self) -> None:
        """Shows the window as large as is comfortable here; a small screen is filled."""
        room = self.screen().availableGeometry().size()
        if room.width() < _SIZE[0] or room.height() < _SIZE[1] + _FRAME_HEIGHT:
            self.showMaximized()
            return
        comfortable = QSize(min(_WIDEST[0], room.width() * 85 // 100), min(_WIDEST[1], room.height() * 85 // 100))
        self.resize(comfortable.expandedTo(QSize(*_SIZE)))
        self.show()

    def _widen(self, side: Side, pixels: int) -> None:
        self.folding.widen(side, pixels)

    def _focus_pane(self, side: Side) -> None:
        self.pane_keys.go_to("jobList" if side == "jobs" else "gatePanel")

    def _show_shortcuts(self) -> None:
        from ui.shell.shortcuts import ShortcutList, shortcuts_of

        ShortcutList(shortcuts_of(self), self).open()
