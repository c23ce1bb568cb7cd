"""What is known of a posting: its number in the books, its link, its time."""

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.messages import tr
from ui.common.language import names_locale
from ui.common.locale_format import users_locale
from ui.theme.metrics import GRID
from ui.widgets.hint import show_hint
from ui.widgets.labelled_fields import LabelledFields
from ui.widgets.plain_label import PlainLabel


class SuccessFields(QWidget):
    """All of it may stay empty: Pleo takes what is known."""

    edited = Signal()

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QLineEdit()
        self.same_number = PlainLabel()
        self.link = QLineEdit()
        self.has_time = QCheckBox(tr("Posted at"))
        self.time = QDateTimeEdit(_shown(now))
        self._now = now
        self._count = 1
        self._dress()
        self._arrange()
        self.number.textChanged.connect(self._show_same_number)
        self.number.textChanged.connect(self.edited)
        self.link.textChanged.connect(self.edited)
        self.has_time.toggled.connect(self.time.setEnabled)
        self.has_time.toggled.connect(self.edited)
        self.time.dateTimeChanged.connect(self.edited)

    def _dress(self) -> None:
        self.number.setObjectName("outcomeNumber")
        show_hint(self.number, tr("its number, where there is one"))
        self.same_number.setObjectName("outcomeSameNumber")
        self.same_number.hide()
        self.link.setObjectName("outcomeLink")
        show_hint(self.link, tr("https://… where the entry can be opened"))
        self.has_time.setObjectName("outcomeHasTime")
        self.time.setObjectName("outcomeTime")
        self.time.setAccessibleName(tr("Time of the posting"))
        self.time.setLocale(names_locale(users_locale()))
        self.time.setDisplayFormat(users_locale().dateTimeFormat(QLocale.FormatType.ShortFormat))
        self.time.setCalendarPopup(True)
        self.time.setEnabled(False)

    def _arrange(self) -> None:
        form = LabelledFields()
        form.add(tr("Entry in the &books"), self.number)
        form.addWidget(self.same_number, form.rowCount(), 1)
        form.add(tr("&Link"), self.link)
        row = QWidget()
        when = QHBoxLayout(row)
        when.setContentsMargins(0, 0, 0, 0)
        when.setSpacing(GRID)
        when.addWidget(self.has_time)
        when.addWidget(self.time)
        when.addStretch(1)
        form.add("", row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)

    def show_posting(self, number: str, link: str, posted_at: datetime | None) -> None:
        """In place of what was entered."""
        self.number.setText(number)
        self.link.setText(link)
        self.has_time.setChecked(posted_at is not None)
        self.time.setDateTime(_shown(posted_at or self._now))

    def show_count(self, count: int) -> None:
        """For how many items it is: a number in the books mostly belongs to one."""
        self._count = count
        self._show_same_number()

    def _show_same_number(self) -> None:
        self.same_number.setText(tr("All {n:,} items get the same number.", n=self._count))
        self.same_number.setVisible(self._count > 1 and bool(self.number.text().strip()))

    def posted_at(self) -> datetime | None:
        """In UTC; None where it is not known."""
        if not self.has_time.isChecked():
            return None
        return datetime.fromtimestamp(self.time.dateTime().toSecsSinceEpoch(), UTC)


def _shown(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
