"""What is known of a posting: its number in the books, its link, its time."""

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from ui.theme.metrics import GRID


class SuccessFields(QWidget):
    """All of it may stay empty: Pleo takes what is known."""

    edited = Signal()

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QLineEdit()
        self.link = QLineEdit()
        self.has_time = QCheckBox("Posted at")
        self.time = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(int(now.timestamp())))
        self._dress()
        self._arrange()
        self.number.textChanged.connect(self.edited)
        self.link.textChanged.connect(self.edited)
        self.has_time.toggled.connect(self.time.setEnabled)
        self.has_time.toggled.connect(self.edited)
        self.time.dateTimeChanged.connect(self.edited)

    def _dress(self) -> None:
        self.number.setObjectName("outcomeNumber")
        self.number.setPlaceholderText("voucher or entry number, where there is one")
        self.link.setObjectName("outcomeLink")
        self.link.setPlaceholderText("https://… where the entry can be opened")
        self.has_time.setObjectName("outcomeHasTime")
        self.time.setObjectName("outcomeTime")
        self.time.setAccessibleName("Time of the posting")
        self.time.setCalendarPopup(True)
        self.time.setEnabled(False)

    def _arrange(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Entry in the &books", self.number)
        form.addRow("&Link", self.link)
        when = QHBoxLayout()
        when.setSpacing(GRID)
        when.addWidget(self.has_time)
        when.addWidget(self.time)
        when.addStretch(1)
        form.addRow("", when)

    def posted_at(self) -> datetime | None:
        """In UTC; None where it is not known."""
        if not self.has_time.isChecked():
            return None
        return datetime.fromtimestamp(self.time.dateTime().toSecsSinceEpoch(), UTC)
