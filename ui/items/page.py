"""The middle pane: the items of the chosen job, and the chosen item whole."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.messages import joined, shown, tr
from app.models.vocabulary import EntryId
from app.slices import run_to_end
from ui.common.errors import SIGN_IN
from ui.items.detail import DetailFact
from ui.items.detail_panel import DetailPanel
from ui.items.filter import ItemFilter
from ui.items.search_help import SearchHelp
from ui.items.view_model import ItemRow, show_the_same
from ui.tables.column import Column
from ui.tables.model import RecordTableModel
from ui.tables.prepared import PreparedRows
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, HALF, scaled
from ui.theme.status import DRAFT, StatusLook
from ui.widgets.announcements import announce
from ui.widgets.bounded_column import BoundedColumn
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.count_chip import CountChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.hairline import Hairline
from ui.widgets.hint import show_hint
from ui.widgets.message_bar import MessageBar
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole

# The head of the table and two rows.
_LEAST_TABLE_HEIGHT = 96
# Of the height of the page; what they say beyond that scrolls.
_SHARE_OF_MESSAGES = 3


class ItemsPage(QWidget):
    """`retry_requested` asks to read the job again, `sign_in_requested` for another sign-in at Pleo, `link_requested`
    carries the key of a link of the chosen item."""

    retry_requested = Signal()
    sign_in_requested = Signal()
    link_requested = Signal(str)
    item_chosen = Signal(object)  # the row's key, or None
    links_changed = Signal(object)  # keys of the addresses that the chosen item has
    filter_changed = Signal()
    cause_cleared = Signal()

    def __init__(self, columns: Sequence[Column[ItemRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("itemsPage")
        self.title = PlainLabel(role=TextRole.TITLE, elide=True)
        self.subtitle = PlainLabel(role=TextRole.QUIET)
        self.left = PlainLabel(role=TextRole.STRONG)
        self.busy = BusyIndicator(elides=True)
        self.messages = MessageBar()
        self.accounting_notice = MessageBar()
        self._told = BoundedColumn(ground="")
        self.chips = {look: CountChip(look) for look in StatusLook}
        self.drafted = CountChip(DRAFT)
        self.search = QLineEdit()
        self.search_problem = PlainLabel(role=TextRole.STRONG, wrap=True)
        self.filter_words = PlainLabel(role=TextRole.QUIET, elide=True)
        self.show_all = QPushButton(tr("Show all (Esc)"))
        self._cause: tuple[frozenset[EntryId], str] | None = None
        self._is_setting = False
        self.table = RecordTableView()
        self.model: RecordTableModel[ItemRow] = RecordTableModel(
            columns, lambda row: row.key, self, compared=lambda row: row.item, alike=show_the_same
        )
        self.detail = DetailPanel()
        self.empty = EmptyState(
            "job-in-progress", tr("No job chosen"), tr("Choose a job on the left to see its items.")
        )
        self._stack = QStackedWidget()
        self._dress()
        self._arrange()
        self.search_help.follow_in_tab_order()
        self.table.current_row_changed.connect(self.item_chosen)
        self.detail.link_requested.connect(self.link_requested)
        self.messages.action_requested.connect(self._mend)
        self.accounting_notice.action_requested.connect(lambda _key: self.retry_requested.emit())

    def _mend(self, key: str) -> None:
        wish = self.sign_in_requested if key == SIGN_IN else self.retry_requested
        wish.emit()

    def _dress(self) -> None:
        self.title.setObjectName("jobTitle")
        self.subtitle.setObjectName("jobSubtitle")
        self.subtitle.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.left.setObjectName("jobTimeLeft")
        self.messages.setObjectName("itemsMessages")
        self.accounting_notice.setObjectName("accountingNotice")
        self.table.setObjectName("itemsTable")
        self.table.setAccessibleName(tr("Items of the job"))
        self.table.setModel(self.model)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for look, chip in self.chips.items():
            chip.setObjectName(f"chip-{look.name.lower()}")
            chip.toggled.connect(self._tell_filter)
        self.drafted.setObjectName("chip-drafted")
        self.drafted.toggled.connect(self._tell_filter)
        self.drafted.hide()
        self.search.setObjectName("itemSearch")
        self.search.setAccessibleName(tr("Search the items"))
        show_hint(self.search, tr("Search (Ctrl+F)"))
        # Translators: before the colon stands a column's title, here that of the suppliers, or its English name.
        hint = tr("Several words are all required. supplier:sas asks one column, -word excludes.")
        self.search.setToolTip(hint)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._tell_filter)
        self.search_help = SearchHelp(self.search, self)
        self.search_problem.setObjectName("searchProblem")
        self.search_problem.hide()
        self.filter_words.setObjectName("filterWords")
        self.show_all.setObjectName("showAll")
        self.show_all.setProperty("flat-link", "true")
        self.show_all.clicked.connect(self.show_all_items)
        self.show_all.hide()

    def _arrange(self) -> None:
        head = FlowLayout(2 * GRID, down=0)
        head.addWidget(self.title)
        head.add_yielding(self.busy)
        head.addWidget(self.subtitle)
        head.addWidget(self.left)
        chips = FlowLayout(HALF)
        for chip in (*self.chips.values(), self.drafted):
            chips.addWidget(chip)
        chips.addWidget(self.filter_words)
        chips.addWidget(self.show_all)
        chips.addWidget(self.search)
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        top.setSpacing(HALF)
        top.addLayout(head)
        top.addLayout(chips)
        top.addWidget(self.search_problem)
        split = _Splitter(Qt.Orientation.Vertical)
        split.setObjectName("itemsSplitter")
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setSizes([440, 144])
        self.table.setMinimumHeight(scaled(_LEAST_TABLE_HEIGHT))
        for bar in (self.messages, self.accounting_notice):
            self._told.column.addWidget(bar)
        self._told.column.setSpacing(0)
        review = ScrollColumn(ground="")
        review.setObjectName("itemsReview")
        review.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        review.content.setAutoFillBackground(False)
        column = review.column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._told)
        column.addWidget(Hairline())
        column.addWidget(split, 1)
        self._review = review
        self._split = split
        self._stack.addWidget(self.empty)
        self._stack.addWidget(review)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._told.bound_to(self.height() // _SHARE_OF_MESSAGES)

    def make_table_taller(self, pixels: int) -> None:
        """Which the chosen item below it gives, or takes."""
        table, detail = self._split.sizes()
        self._split.setSizes([max(1, table + pixels), max(1, detail - pixels)])

    def show_review(self) -> None:
        self._stack.setCurrentWidget(self._review)

    def show_empty(self, title: str, hint: str) -> None:
        self.empty.set_texts(title, hint)
        self._stack.setCurrentWidget(self.empty)

    def show_head(self, title: str, subtitle: str, left: str) -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.left.setText(left)

    def show_rows(self, rows: Sequence[ItemRow], *, same_job: bool) -> None:
        """Rows of the same job keep selection, scroll and filter; another job begins anew."""
        prepared = run_to_end(self.model.preparation(list(rows), is_update=same_job))
        self.show_prepared(prepared, Counter(row.look for row in rows), same_job=same_job)

    def show_prepared(self, rows: PreparedRows[ItemRow], counts: Mapping[StatusLook, int], *, same_job: bool) -> None:
        """The same for rows that the model has prepared; `counts` are those of all looks that there are."""
        for look, chip in self.chips.items():
            count = counts.get(look, 0)
            chip.set_count(count)
            chip.setVisible(count > 0 or look in (StatusLook.SUCCESSFUL, StatusLook.FAILED, StatusLook.OPEN))
            if not count:
                chip.setChecked(False)
        if not same_job:
            self._set_filter("", ())
        self.model.show_prepared(rows)

    def show_draft_count(self, count: int) -> None:
        self.drafted.set_count(count)
        self.drafted.setVisible(count > 0)
        if not count:
            self.drafted.setChecked(False)

    def choose_first(self) -> None:
        if self.model.rowCount():
            self.table.choose_first()

    def show_detail(self, title: str, facts: Sequence[DetailFact], links: Sequence[str] = ()) -> None:
        self.detail.show_item(title, facts, links)
        self.links_changed.emit(tuple(links))

    def jump_to(self, keys: Sequence[object]) -> None:
        """Selects the rows and shows the first; a filter that hides them is lifted."""
        self.clear_filter()
        self.table.select_ids(list(keys))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def filter(self) -> ItemFilter:
        """What the user has asked to see."""
        looks = frozenset(look for look, chip in self.chips.items() if chip.isChecked())
        ids, title = self._cause or (None, "")
        return ItemFilter(self.search.text(), looks, ids, title, self.drafted.isChecked())

    def filter_by_cause(self, item_ids: Iterable[EntryId] | None, title: str = "") -> None:
        """None lifts it."""
        self._cause = None if item_ids is None else (frozenset(item_ids), title)
        self.filter_changed.emit()

    def set_filter(self, query: str, looks: Collection[StatusLook]) -> None:
        """As a saved view asks for it, and nothing beside it."""
        self._set_filter(query, looks)
        self.filter_changed.emit()

    def clear_filter(self) -> None:
        if self.filter().is_active:
            self._set_filter("", ())
            self.filter_changed.emit()

    def show_all_items(self) -> None:
        """Lifts the filter; who was searching goes on in the table."""
        self.clear_filter()
        if self.search.hasFocus() or self.show_all.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_filter(self, query: str, looks: Collection[StatusLook]) -> None:
        """Without a word to anybody but the cause's card. Signals stay on: the search's clear button needs them."""
        had_cause, self._cause = self._cause is not None, None
        self._is_setting = True
        self.search.setText(query)
        for look, chip in self.chips.items():
            chip.setChecked(look in looks)
        self.drafted.setChecked(False)
        self._is_setting = False
        if had_cause:
            self.cause_cleared.emit()

    def _tell_filter(self) -> None:
        if not self._is_setting:
            self.filter_changed.emit()

    def show_search_problem(self, complaints: Sequence[str]) -> None:
        """Under the field, and once to a screen reader: what cannot be asked like this meets no item."""
        words = joined(" ", complaints)
        if shown(words) == self.search_problem.text():
            return
        self.search_problem.setText(words)
        self.search_problem.setVisible(bool(complaints))
        if complaints:
            announce(self.search, words)

    def show_positions(self, positions: list[int] | None) -> None:
        """`positions` are those of the rows as given; None shows all. What is hidden is always said."""
        self.model.show_positions(positions)
        wanted = self.filter()
        self.show_all.setVisible(wanted.is_active)
        self.filter_words.setText(wanted.described() if wanted.is_active else "")
        if wanted.is_active:
            hint = tr("Shown are only: {these}. Esc shows all again.", these=wanted.described())
            self.table.set_placeholder(tr("No item matches"), hint)
        else:
            self.table.set_placeholder(tr("This job has no items"), tr("Pleo returned no rows for it."))


class _Splitter(QSplitter):
    def sizeHint(self) -> QSize:
        """No more than it must have: only where that has no room does the page scroll, and nothing covers anything."""
        return self.minimumSizeHint()
