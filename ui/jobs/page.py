"""The left pane: which jobs need someone, over all companies."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import QItemSelectionModel, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.jobs.job_list import JobScope
from app.messages import said, shown, tr
from app.settings.connections import ColourMark
from app.texts.screen import shown_part
from ui.jobs.card_delegate import JobCardDelegate
from ui.jobs.line_delegate import JobLineDelegate
from ui.jobs.view_model import JobKey, JobRow
from ui.theme.icons import icon, set_icon
from ui.theme.metrics import GRID, HALF
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.card_list_model import CardListModel
from ui.widgets.choice import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.hairline import Hairline
from ui.widgets.message_stack import MessageStack
from ui.widgets.pane import Pane
from ui.widgets.plain_label import PlainLabel, TextRole

SCOPES = (
    (JobScope.NEEDS_ATTENTION, said("Needs attention")),
    (JobScope.FINISHED, said("Finished")),
    (JobScope.ALL, said("All jobs")),
)
_EMPTY = {
    JobScope.NEEDS_ATTENTION: (
        said("Nothing needs you"),
        said("Jobs that are pending or in progress appear here. Finished ones are under Finished."),
    ),
    JobScope.FINISHED: (
        said("No finished jobs yet"),
        said("Jobs appear here once they were completed or sent as failed, have expired, or were cancelled in Pleo."),
    ),
    JobScope.ALL: (
        said("No export jobs yet"),
        said("A job appears here when somebody exports expenses in Pleo."),
    ),
}
_LONGEST_NAME = 120


class JobsPage(Pane):
    job_chosen = Signal(object)  # JobKey
    scope_chosen = Signal(object)  # JobScope
    company_chosen = Signal(str)  # its name, or nothing for all
    refresh_requested = Signal()
    density_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setObjectName("jobsPage")
        self.model = CardListModel[JobRow](self, attrgetter("key"))
        self.scope = Choice()
        self.company = Choice()
        self._whose = QWidget()
        self.refresh_button = QToolButton()
        self.list = QListView()
        self.empty = EmptyState("job-pending", tr("Reading jobs …"))
        self.troubles = MessageStack()
        self.busy = BusyIndicator(tr("Reading jobs …"), keeps_room=False)
        self.stamp = PlainLabel(role=TextRole.QUIET)
        self._body = QStackedWidget()
        self.is_dense = False
        self.job_actions: Sequence[QAction] = ()  # of the menu bar, for the chosen job
        self._cards, self._lines = JobCardDelegate(self.list), JobLineDelegate(self.list)
        self._companies: tuple[tuple[str, ColourMark], ...] = ()
        self._dress()
        self._arrange()
        self.scope.currentIndexChanged.connect(lambda place: self.scope_chosen.emit(SCOPES[place][0]))
        self.company.currentIndexChanged.connect(lambda place: self.company_chosen.emit(self.company.itemData(place)))
        self.refresh_button.clicked.connect(self.refresh_requested)
        # Not the current row: Qt makes the first one current as soon as the list has the focus.
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._choose())

    def _dress(self) -> None:
        for _, words in SCOPES:
            self.scope.addItem(shown(words))
        self.scope.setObjectName("jobScope")
        self.scope.setAccessibleName(tr("Which jobs to list"))
        self.company.setObjectName("companyFilter")
        self.company.setAccessibleName(tr("Whose jobs to list"))
        self.company.addItem(tr("All companies"), "")
        self.troubles.setObjectName("jobTroubles")
        self.refresh_button.setObjectName("refreshJobs")
        self.refresh_button.setAccessibleName(tr("Read again"))
        self.refresh_button.setToolTip(tr("Read again (F5)"))
        self.refresh_button.setAutoRaise(True)
        set_icon(self.refresh_button, "refresh")
        self.list.setObjectName("jobList")
        self.list.setAccessibleName(tr("Export jobs"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._cards)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_job_menu)
        # Each card is as high as its words need at this width.
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.stamp.setObjectName("jobsReadAt")

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(GRID, GRID, GRID, GRID)
        head.setSpacing(HALF)
        head.addWidget(self.scope, 1)
        head.addWidget(self.refresh_button)
        whose = QVBoxLayout(self._whose)
        whose.setContentsMargins(GRID, 0, GRID, GRID)
        whose.addWidget(self.company)
        self._whose.hide()
        self._body.addWidget(self.list)
        self._body.addWidget(self.empty)
        self._body.setCurrentWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(GRID, HALF, GRID, HALF)
        foot.addWidget(self.stamp, 1)
        foot.addWidget(self.busy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._whose)
        column.addWidget(self.troubles)
        column.addWidget(self._body, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)

    def show_rows(self, rows: Sequence[JobRow], scope: JobScope, chosen: JobKey | None) -> None:
        """`chosen` stays chosen, without news of a choice, where the list still holds it."""
        selection = self.list.selectionModel()
        blocker = QSignalBlocker(selection)
        self._lines.is_grouped = len({row.company for row in rows}) > 1
        self.model.show_rows(rows)
        place = self.model.index_of(chosen)
        if place != self.list.currentIndex():
            selection.setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        blocker.unblock()
        self.list.viewport().update()
        whose = self.company.currentText() if self.company.currentData() else ""
        self.empty.set_texts(*(_empty_of(whose) if whose else _EMPTY[scope]))
        self._body.setCurrentWidget(self.list if rows else self.empty)

    def show_dense(self, is_dense: bool) -> None:
        """Jobs as lines instead of cards."""
        if is_dense == self.is_dense:
            return
        self.is_dense = is_dense
        # Before the delegate: the first line of a company is higher than the others.
        self.list.setUniformItemSizes(not is_dense)
        self.list.setItemDelegate(self._lines if is_dense else self._cards)
        self.density_changed.emit()
        self.list.scrollTo(self.list.currentIndex())

    def job_menu(self) -> QMenu:
        menu = QMenu(self.list)
        menu.setToolTipsVisible(True)
        menu.addActions(self.job_actions)
        return menu

    def _show_job_menu(self, where: QPoint) -> None:
        """The pointer has chosen the job that it was over; keys ask for that which is chosen."""
        if not self.list.selectedIndexes():
            return
        menu = self.job_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(where))

    def show_companies(self, companies: Sequence[tuple[str, ColourMark]]) -> None:
        """The filter by company, where there is more than one; what is chosen stays chosen while it exists."""
        known = tuple(companies)
        if known == self._companies:
            return
        self._companies = known
        chosen = self.company.currentData()
        with QSignalBlocker(self.company):
            while self.company.count() > 1:
                self.company.removeItem(1)
            for name, mark in known:
                tone = "quiet" if mark is ColourMark.NONE else f"mark_{mark}"
                self.company.addItem(icon("mark", tone), shown_part(name, _LONGEST_NAME), name)
            self.company.setCurrentIndex(max(0, self.company.findData(chosen)))
        self._whose.setVisible(len(known) > 1)
        if self.company.currentData() != chosen:
            self.company_chosen.emit(self.company.currentData())

    def choose(self, key: JobKey) -> None:
        self.list.setCurrentIndex(self.model.index_of(key))

    def show_stamp(self, words: str) -> None:
        self.stamp.setText(words)

    def _choose(self) -> None:
        for index in self.list.selectedIndexes():
            row = self.model.row_at(index)
            if row:
                self.job_chosen.emit(row.key)


def _empty_of(company: str) -> tuple[str, str]:
    title = tr("Nothing of {company}", company=company)
    return title, tr("Choose all companies above to see the jobs of the others.")
