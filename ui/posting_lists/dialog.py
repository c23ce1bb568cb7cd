"""From a posting list to drafted outcomes: choose the file, say what it means, see what it would do, accept."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.completion.four_eyes import folded
from app.messages import joined, shown, tr
from app.models.vocabulary import ItemStatus
from app.posting_lists.mapping import ListMapping
from app.texts.screen import isolated
from ui.posting_lists.file_filters import file_filters
from ui.posting_lists.file_panel import FilePanel
from ui.posting_lists.file_view_model import FileView
from ui.posting_lists.mapping_panel import MappingPanel
from ui.posting_lists.mapping_view_model import ListView
from ui.posting_lists.questions import Field, Question, question_words
from ui.posting_lists.result_panel import ResultPanel
from ui.posting_lists.sentences import draft_button_words
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.busy_indicator import BusyIndicator
from ui.widgets.dropped_file import dropped_file
from ui.widgets.empty_state import EmptyState
from ui.widgets.hairline import Hairline
from ui.widgets.message_bar import MessageBar, MessageKind
from ui.widgets.plain_label import PlainLabel, TextRole

_SIZE = (1400, 860)
_NAME_WIDTH = 200
_ROOM = 64  # pixels that the frame and the desktop's bars take of a small screen


class PostingsDialog(QDialog):
    """`file_chosen` carries a Path, `mapping_changed` a ListMapping, `reading_requested` a ReadingChoice for the file
    that is shown; `accept_requested` wants what is taken drafted."""

    file_chosen = Signal(object)
    mapping_changed = Signal(object)
    reading_requested = Signal(object)
    accept_requested = Signal()

    def __init__(self, job: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("postingsDialog")
        self.setWindowTitle(tr("Results from the accounting system"))
        self.setAcceptDrops(True)
        self.title = PlainLabel(tr("Results from the accounting system"), role=TextRole.TITLE, wrap=True)
        self.source = PlainLabel(job, role=TextRole.QUIET, wrap=True)
        self._reading, self._listed = "", job
        self.accounting_notice = MessageBar()
        self.messages = MessageBar()
        self.busy = BusyIndicator()
        self.file_button = QPushButton(tr("F&ile"))
        self.columns_button = QPushButton(tr("&Columns and words"))
        self.result_button = QPushButton(tr("&Result"))
        self.choose_button = QPushButton(tr("Choose a &file…"))
        self.empty = EmptyState(
            "job-list",
            tr("Drop the accounting system's list here"),
            tr(
                "CSV, XLSX, XLS or ODS, as the system exports it. "
                "Nothing is drafted before you have seen what it means."
            ),
        )
        self.found = ResultPanel()
        self.file = FilePanel()
        self.mapping: MappingPanel | None = None
        self.summary = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.person_label = QLabel(tr("Your n&ame"))
        self.person = QLineEdit()
        self.cancel = QPushButton(tr("Cancel"))
        self.draft = QPushButton(tr("Draft outcomes"))
        self._job = job
        self._counts: Mapping[ItemStatus, int] = {}
        self._replaced = 0
        self._questions: Mapping[str, Question] = {}
        self._pages = QStackedWidget()
        self._mapping_page = QStackedWidget()
        self._dress()
        self._arrange()
        self._connect()
        self._fit()

    def _dress(self) -> None:
        for name, widget in (
            ("postingsTitle", self.title),
            ("postingsSource", self.source),
            ("postingsAccountingNotice", self.accounting_notice),
            ("postingsMessages", self.messages),
            ("showFile", self.file_button),
            ("showColumns", self.columns_button),
            ("showResult", self.result_button),
            ("chooseList", self.choose_button),
            ("postingsSummary", self.summary),
            ("postingsPerson", self.person),
            ("cancelPostings", self.cancel),
            ("draftOutcomes", self.draft),
        ):
            widget.setObjectName(name)
        self._switch = QButtonGroup(self)
        for button in self._pages_buttons():
            button.setCheckable(True)
            self._switch.addButton(button)
        for button in (*self._pages_buttons(), self.choose_button, self.draft, self.cancel):
            # Enter must not draft by accident, wherever the focus is.
            button.setAutoDefault(False)
        self.draft.setProperty("primary", "true")
        self.person_label.setTextFormat(Qt.TextFormat.PlainText)
        self.person_label.setBuddy(self.person)
        self.person.setFixedWidth(scaled(_NAME_WIDTH))
        self.person_label.hide()
        self.person.hide()
        self._show_switch(is_visible=False)
        self.draft.setEnabled(False)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(HALF)
        words.addWidget(self.title)
        words.addWidget(self.source)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID + HALF)
        head.setSpacing(GRID)
        head.addLayout(words, 1)
        head.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        pages = QHBoxLayout()
        pages.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        pages.setSpacing(GRID)
        for button in self._pages_buttons():
            pages.addWidget(button)
        pages.addStretch(1)
        pages.addWidget(self.busy)
        for page in (self.empty, self.file, self._mapping_page, self.found):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID + HALF, 2 * GRID, 2 * GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.person_label)
        foot.addWidget(self.person)
        foot.addWidget(self.cancel)
        foot.addWidget(self.draft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(pages)
        whole.addWidget(self.accounting_notice)
        whole.addWidget(self.messages)
        whole.addWidget(Hairline())
        whole.addWidget(self._pages, 1)
        whole.addWidget(Hairline())
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.file_button.clicked.connect(self.show_file)
        self.file.reading_requested.connect(self.reading_requested)
        self.columns_button.clicked.connect(self.show_columns)
        self.result_button.clicked.connect(self.show_result)
        self.choose_button.clicked.connect(self.choose_file)
        self.cancel.clicked.connect(self.reject)
        self.draft.clicked.connect(self.accept_requested)
        self.found.answer_requested.connect(self.show_answer)
        self.messages.action_requested.connect(lambda key: self.show_answer(self._questions[key]))
        self.person.textChanged.connect(self._judge)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.draft.click)

    def _fit(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width() - _ROOM), min(_SIZE[1], room.height() - _ROOM))

    def ask_person(self, proposed: str | None) -> None:
        """Nothing is drafted without a name, unless nobody is asked for one; what was typed is not replaced."""
        is_asked = proposed is not None
        if not is_asked or not self.person.text():
            self.person.setText(proposed or "")
        self.person_label.setVisible(is_asked)
        self.person.setVisible(is_asked)
        self._judge()

    # what the presenter shows

    def show_reading(self, name: str) -> None:
        self.messages.clear()
        self._reading = isolated(name)
        self.source.setText(f"{self._reading} · {self._job}")
        self.busy.start(tr("Reading …"))
        self._set_drafts({}, 0)

    def show_problem(self, title: str, advice: str, details: str) -> None:
        """A list that was there before stays, under its own name."""
        self.busy.stop()
        if self.mapping:
            self.source.setText(self._listed)
            title = joined(": ", (self._reading, title))
        self.messages.show_message(MessageKind.ERROR, title, details, advice=advice)

    def show_list(self, view: ListView, mapping: ListMapping) -> MappingPanel:
        """Answers the panel, which is to be filled."""
        panel = MappingPanel(view, mapping)
        panel.mapping_changed.connect(self.mapping_changed)
        older, self.mapping = self.mapping, panel
        self._mapping_page.addWidget(panel)
        self._mapping_page.setCurrentWidget(panel)
        if older:
            self._mapping_page.removeWidget(older)
            older.deleteLater()
        self.file.show_file(FileView(view.table))
        source = view.table.source
        self._listed = f"{isolated(source.name)} · {shown(source.format)} · {self._job}"
        self.source.setText(self._listed)
        self._show_switch(is_visible=True)
        return panel

    def show_without_amounts(self, why: str, advice: str) -> None:
        """What is missing for every list; nothing where `why` is empty."""
        if why:
            self.accounting_notice.show_message(MessageKind.WARNING, why, advice=advice)
        else:
            self.accounting_notice.clear()

    def show_matched_anew(self) -> None:
        self.accounting_notice.show_message(
            MessageKind.INFO,
            tr("Amounts and suppliers were read again, and the list was matched with them."),
            advice=tr("Rows that you had taken, left or chosen an item for are as the list has them."),
        )

    def show_notice(self, kind: MessageKind, title: str, advice: str = "", question: Question | None = None) -> None:
        """With a button that leads to where the question is answered."""
        actions = [(question.field.value, question_words(question))] if question else []
        self._questions = {question.field.value: question} if question else {}
        self.messages.show_message(kind, title, advice=advice, actions=actions)

    def show_answer(self, question: Question) -> None:
        """The very field in which it is answered."""
        if question.field is Field.ENCODING:
            self.show_file()
            self.file.encoding.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.mapping:
            self.show_columns()
            match question.field:
                case Field.MEANING:
                    self.mapping.show_meaning(question.word)
                case Field.LISTED:
                    self.mapping.show_listed()
                case _:
                    self.mapping.show_role(question.role)

    def show_matching(self) -> None:
        self.busy.start(tr("Matching …"))
        self.draft.setEnabled(False)

    def show_at_rest(self, counts: Mapping[ItemStatus, int], replaced: int) -> None:
        """`counts` are the outcomes that are taken, `replaced` the drafts that would give way to them."""
        self.busy.stop()
        self._set_drafts(counts, replaced)

    def show_file(self) -> None:
        self.file_button.setChecked(True)
        self._pages.setCurrentWidget(self.file)

    def show_columns(self) -> None:
        self.columns_button.setChecked(True)
        self._pages.setCurrentWidget(self._mapping_page)

    def show_result(self) -> None:
        self.result_button.setChecked(True)
        self._pages.setCurrentWidget(self.found)
        self.found.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_showing_result(self) -> bool:
        return self._pages.currentWidget() is self.found

    def _set_drafts(self, counts: Mapping[ItemStatus, int], replaced: int) -> None:
        self._counts, self._replaced = counts, replaced
        self._judge()

    def _judge(self) -> None:
        words, summary = draft_button_words(self._counts, self._replaced)
        has_drafts = sum(self._counts.values()) > 0
        lacks_name = not self.person.isHidden() and not folded(self.person.text())
        self.draft.setText(words)
        self.draft.setEnabled(has_drafts and not lacks_name and not self.busy.is_running())
        self.summary.setText(tr("Write your name.") if has_drafts and lacks_name else summary if self.mapping else "")

    def _pages_buttons(self) -> tuple[QPushButton, ...]:
        return self.file_button, self.columns_button, self.result_button

    def _show_switch(self, *, is_visible: bool) -> None:
        for button in self._pages_buttons():
            button.setVisible(is_visible)
        self.choose_button.setText(tr("Another &file…") if is_visible else tr("Choose a &file…"))

    # files

    def choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Posting list"), "", file_filters())
        dialog.setObjectName("listFile")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.file_chosen.emit(Path(path)))
        dialog.finished.connect(self.activateWindow)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.file_chosen.emit(path)
