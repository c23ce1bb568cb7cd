"""What each column of a list is, and what its status words mean: as recognised, to be corrected."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.messages import shown, spoken_language, tr
from app.posting_lists.amounts import DecimalSign
from app.posting_lists.known_words import ColumnRole, status_key
from app.posting_lists.mapping import ListMapping, with_formats, with_role
from app.slices import Slices
from ui.posting_lists.lost_role import LostRole
from ui.posting_lists.mapping_view_model import (
    DATE_ORDERS,
    DECIMAL_SIGNS,
    ROLE_GROUPS,
    ListView,
    StatusWord,
    roles_lost,
    with_meaning,
)
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.more_below import with_more_below
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.wrapping_buttons import WrappingCheckBox

_COMBO_WIDTH = 208
_PREVIEW_HEIGHT = 176
_LEAST_PREVIEW_HEIGHT = 80
_WORD_WIDTH = 120
# Of what a column holds; without some of that a choice is a guess.
_SAMPLE_WIDTH = 64


class MappingPanel(QWidget):
    mapping_changed = Signal(object)  # ListMapping

    def __init__(self, view: ListView, mapping: ListMapping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mappingPanel")
        self._view = view
        self._mapping = mapping
        self._words: list[StatusWord] = []
        self.roles: dict[ColumnRole, QComboBox] = {}
        self.meanings: dict[str, QComboBox] = {}
        self._samples: dict[ColumnRole, PlainLabel] = {}
        self.lost = LostRole()
        self._fields = ScrollColumn()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.preview = RecordTableView()
        self.dates = _combo("dateOrder")
        self.decimal = _combo("decimalSign")
        self.voucher_means_posted = WrappingCheckBox(tr("If the list has no statuses, a row with a &voucher is posted"))
        self.listed_means_posted = WrappingCheckBox(tr("Everything listed here is &posted, with or without a voucher"))
        self._role_grid = QGridLayout()
        self._word_grid = QGridLayout()
        self._word_title = PlainLabel(tr("Status words"), role=TextRole.STRONG)
        # One for all columns to choose from, however many they are.
        self._headings = QStringListModel([tr("not in this list"), *view.headings()], self)
        self._arrange()
        self.dates.activated.connect(self._choose_dates)
        self.decimal.activated.connect(self._choose_decimal)
        self.voucher_means_posted.clicked.connect(self._choose_voucher)
        self.listed_means_posted.clicked.connect(self._choose_listed)

    @property
    def mapping(self) -> ListMapping:
        return self._mapping

    def show_role(self, role: ColumnRole) -> None:
        self._fields.show_field(self.roles[role])

    def show_meaning(self, word: str) -> None:
        """Of a status word as the list writes it; the column of statuses where the word is not among those shown."""
        if word in self.meanings:
            self._fields.show_field(self.meanings[word])
        else:
            self.show_role(ColumnRole.STATUS)

    def show_listed(self) -> None:
        self._fields.show_field(self.listed_means_posted)

    def fill(self) -> Slices[None]:
        """In slices, since making so many fields takes long. Until it has ended nothing can be chosen."""
        model: RecordTableModel[int] = RecordTableModel(self._view.preview_columns(), lambda row: row, self)
        self.preview.setModel(model)
        model.set_rows(self._view.preview_rows())
        yield
        for title, roles in ROLE_GROUPS:
            line = self._role_grid.rowCount() + 1
            self._role_grid.addWidget(PlainLabel(title, role=TextRole.STRONG), line, 0, 1, 3)
            self._role_grid.setRowMinimumHeight(line, 4 * GRID)
            for role, words in roles:
                self._add_role(role, words)
                yield
        self._show()
        yield

    def _arrange(self) -> None:
        self.preview.setObjectName("listPreview")
        self.preview.setAccessibleName(tr("The first rows of the list"))
        # On a small screen the fields come first.
        self.preview.setMinimumHeight(scaled(_LEAST_PREVIEW_HEIGHT))
        self.preview.setMaximumHeight(scaled(_PREVIEW_HEIGHT))
        self.preview.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.lost.hide()
        self._role_grid.setHorizontalSpacing(GRID)
        self._role_grid.setVerticalSpacing(HALF)
        self._role_grid.setColumnStretch(2, 1)
        self._role_grid.setColumnMinimumWidth(2, scaled(_SAMPLE_WIDTH))
        roles, words = QVBoxLayout(), QVBoxLayout()
        roles.addLayout(self._role_grid)
        roles.addStretch(1)
        self._word_grid.setHorizontalSpacing(GRID)
        self._word_grid.setVerticalSpacing(HALF)
        self._word_grid.setColumnMinimumWidth(0, scaled(_WORD_WIDTH))
        self._word_grid.setColumnStretch(1, 1)
        words.setSpacing(GRID)
        words.addWidget(self._word_title)
        words.addLayout(self._word_grid)
        words.addSpacing(GRID)
        words.addWidget(PlainLabel(tr("How dates and amounts are written"), role=TextRole.STRONG, wrap=True))
        words.addLayout(self._formats())
        words.addWidget(self.voucher_means_posted)
        words.addWidget(self.listed_means_posted)
        words.addStretch(1)
        self._sides.setSpacing(3 * GRID)
        self._sides.addLayout(roles, 3)
        self._sides.addLayout(words, 2)
        self._fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields.column.addLayout(self._sides)
        self._fields.column.addStretch(1)
        self._fields.content.installEventFilter(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.preview, 1)
        whole.addLayout(with_more_below(self._fields), 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._flow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the fields need is known once they are dressed, and changes with what they hold."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._flow()
        return super().eventFilter(watched, event)

    def _flow(self) -> None:
        """Beside each other where there is room for both, else the words below the columns."""
        margins = self._fields.column.contentsMargins()
        bar = self._fields.verticalScrollBar().sizeHint().width()
        room = self.width() - margins.left() - margins.right() - bar - self._sides.spacing()
        sides = [side for side in (self._sides.itemAt(place) for place in range(self._sides.count())) if side]
        fits = sum(side.minimumSize().width() for side in sides) <= room
        self._sides.setDirection(
            QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom,
        )

    def _add_role(self, role: ColumnRole, words: str) -> None:
        # The line below is for what the choice took from another role.
        combo, line = _combo(f"role-{role}"), self._role_grid.rowCount() + 1
        sample = PlainLabel(role=TextRole.QUIET, elide=True)
        combo.setAccessibleName(tr("{role}: column of the list", role=words))
        combo.setModel(self._headings)
        combo.setFixedWidth(scaled(_COMBO_WIDTH))
        combo.activated.connect(partial(self._choose_column, role))
        self._role_grid.addWidget(_label(shown(words), combo), line, 0)
        self._role_grid.addWidget(combo, line, 1)
        self._role_grid.addWidget(sample, line, 2)
        self.roles[role], self._samples[role] = combo, sample

    def _formats(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(HALF)
        grid.setColumnMinimumWidth(0, scaled(_WORD_WIDTH))
        grid.setColumnStretch(1, 1)
        self.dates.addItems([shown(words) for _, words in DATE_ORDERS])
        self.decimal.addItems([shown(words) for _, words in DECIMAL_SIGNS])
        self.voucher_means_posted.setObjectName("voucherMeansPosted")
        self.listed_means_posted.setObjectName("listedMeansPosted")
        self.listed_means_posted.setToolTip(
            tr(
                "For a ledger, which has neither statuses nor vouchers. "
                "What a row, a title or a column says against it still counts."
            )
        )
        for line, (words, field) in enumerate(((tr("&Dates"), self.dates), (tr("D&ecimal sign"), self.decimal))):
            grid.addWidget(_label(words, field), line, 0)
            grid.addWidget(field, line, 1)
        return grid

    def _show(self) -> None:
        for role, combo in self.roles.items():
            column = self._mapping.columns.get(role)
            is_there = column is not None and column < combo.count() - 1
            combo.setCurrentIndex(column + 1 if column is not None and is_there else 0)
            self._samples[role].setText(self._view.samples(column) if column is not None and is_there else "")
        self.dates.setCurrentIndex([order for order, _ in DATE_ORDERS].index(self._mapping.dates))
        self.decimal.setCurrentIndex([sign for sign, _ in DECIMAL_SIGNS].index(self._mapping.decimal))
        self.voucher_means_posted.setChecked(self._mapping.voucher_means_posted)
        self.listed_means_posted.setChecked(self._mapping.listed_means_posted)
        self._show_words()

    def _show_words(self) -> None:
        words = self._view.status_words(self._mapping)
        if [each.word for each in words] != [each.word for each in self._words]:
            self._remake_words(words)
        self._words = words
        for each in words:
            meanings = [meaning for meaning, _ in each.choices]
            self.meanings[each.word].setCurrentIndex(meanings.index(each.meaning))
        self._word_title.setText(tr("Status words") if words else tr("The list has no status words"))

    def _remake_words(self, words: Sequence[StatusWord]) -> None:
        while taken := self._word_grid.takeAt(0):
            widget = taken.widget()
            if widget:
                widget.deleteLater()
        self.meanings = {}
        for line, each in enumerate(words):
            combo = _combo(f"meaning-{status_key(each.word)}")
            combo.setAccessibleName(tr("What {word} means", word=each.title))
            combo.addItems([shown(words) for _, words in each.choices])
            combo.activated.connect(partial(self._choose_meaning, each))
            label = PlainLabel(f"{each.title} ({spoken_language().number(each.rows)})", elide=True)
            self._word_grid.addWidget(label, line, 0)
            self._word_grid.addWidget(combo, line, 1)
            self.meanings[each.word] = combo

    def _choose_column(self, role: ColumnRole, index: int) -> None:
        before = self._mapping
        after = with_role(before, role, index - 1 if index else None)
        self._take(with_formats(after, self._view.table, self._view.language))
        lost = roles_lost(before, after, role)
        if lost:
            line = self._role_grid.getItemPosition(self._role_grid.indexOf(self.roles[role]))[0]  # type: ignore[index]
            self._role_grid.addWidget(self.lost, line + 1, 1, 1, 2)
            self.lost.show_loss(self._view.headings()[index - 1], lost, partial(self._take, before))

    def _choose_meaning(self, word: StatusWord, index: int) -> None:
        self._take(with_meaning(self._mapping, word.word, word.choices[index][0]))

    def _choose_dates(self, index: int) -> None:
        self._take(replace(self._mapping, dates=DATE_ORDERS[index][0], said=self._mapping.said | {"dates"}))

    def _choose_decimal(self, index: int) -> None:
        decimal: DecimalSign = "," if DECIMAL_SIGNS[index][0] == "," else "."
        self._take(replace(self._mapping, decimal=decimal, said=self._mapping.said | {"decimal"}))

    def _choose_voucher(self, is_checked: bool) -> None:
        self._take(replace(self._mapping, voucher_means_posted=is_checked))

    def _choose_listed(self, is_checked: bool) -> None:
        self._take(replace(self._mapping, listed_means_posted=is_checked))

    def _take(self, mapping: ListMapping) -> None:
        if mapping == self._mapping:
            return
        self._mapping = mapping
        self.lost.hide()
        self._show()
        self.mapping_changed.emit(mapping)


def _combo(name: str) -> QComboBox:
    """No wider than its place, however long what can be chosen is."""
    combo = Choice()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo


def _label(words: str, buddy: QWidget) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(buddy)
    return label
