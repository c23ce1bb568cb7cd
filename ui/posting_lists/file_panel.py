"""How the file was read: its encoding with a preview of the lines that differ, its sheet, and what was left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.messages import shown, tr
from app.posting_lists.table import ReadingChoice
from ui.posting_lists.file_view_model import FileView, ReadingLine, reading_columns
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.metrics import GRID, HALF, scaled
from ui.widgets.choice import Choice
from ui.widgets.hairline import Hairline
from ui.widgets.more_below import with_more_below
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole

_COMBO_WIDTH = 280


class FilePanel(QWidget):
    reading_requested = Signal(object)  # ReadingChoice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filePanel")
        self._view: FileView | None = None
        self.encoding = Choice()
        self.sheet = Choice()
        self.read = QPushButton(tr("&Read it so"))
        self.explanation = PlainLabel(role=TextRole.QUIET, wrap=True)
        self.preview = RecordTableView()
        self.lines: RecordTableModel[ReadingLine] = RecordTableModel(reading_columns(), lambda line: line.number, self)
        self.left_out = PlainLabel(wrap=True)
        self._encoding_label = _label(tr("&Encoding"), self.encoding)
        self._sheet_label = _label(tr("&Sheet"), self.sheet)
        self._dress()
        self._arrange()
        self.encoding.currentIndexChanged.connect(self._judge)
        self.sheet.currentIndexChanged.connect(self._judge)
        self.read.clicked.connect(self._request)

    def _dress(self) -> None:
        for name, widget in (
            ("fileEncoding", self.encoding),
            ("fileSheet", self.sheet),
            ("readAgain", self.read),
            ("readingPreview", self.preview),
            ("fileLeftOut", self.left_out),
        ):
            widget.setObjectName(name)
        for combo in (self.encoding, self.sheet):
            combo.setFixedWidth(scaled(_COMBO_WIDTH))
        self.preview.setAccessibleName(tr("Lines of the file in this encoding"))
        self.preview.setModel(self.lines)
        self.read.setAutoDefault(False)

    def _arrange(self) -> None:
        choices = QGridLayout()
        choices.setHorizontalSpacing(GRID)
        choices.setVerticalSpacing(HALF)
        for line, (label, combo) in enumerate(((self._encoding_label, self.encoding), (self._sheet_label, self.sheet))):
            choices.addWidget(label, line, 0)
            choices.addWidget(combo, line, 1)
        choices.setColumnStretch(2, 1)
        asked = QHBoxLayout()
        asked.addLayout(choices, 1)
        asked.addWidget(self.read, 0, Qt.AlignmentFlag.AlignTop)
        words = ScrollColumn()
        words.column.addWidget(PlainLabel(tr("How the file was read"), role=TextRole.STRONG))
        words.column.addLayout(asked)
        words.column.addWidget(self.explanation)
        words.column.addSpacing(GRID)
        words.column.addWidget(PlainLabel(tr("What was left out, or is in doubt"), role=TextRole.STRONG))
        words.column.addWidget(self.left_out)
        words.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(with_more_below(words), 1)
        whole.addWidget(Hairline())
        whole.addWidget(self.preview, 1)

    def show_file(self, view: FileView) -> None:
        self._view = None  # nothing is asked for while the choices are filled
        source = view.table.source
        self.encoding.clear()
        for codec, name in view.encodings:
            self.encoding.addItem(name, codec)
        self.encoding.setCurrentIndex(self.encoding.findData(source.encoding))
        self.sheet.clear()
        self.sheet.addItems([*view.sheets])
        self.sheet.setCurrentText(source.sheet)
        for widget, is_visible in (
            (self.encoding, bool(view.encodings)),
            (self._encoding_label, bool(view.encodings)),
            (self.preview, bool(view.encodings)),
            (self.sheet, bool(view.sheets)),
            (self._sheet_label, bool(view.sheets)),
            (self.read, bool(view.encodings or view.sheets)),
        ):
            widget.setVisible(is_visible)
        self.explanation.setText(_explanation(view))
        self.left_out.setText("\n".join(map(shown, view.remarks)) or tr("All rows of the list were read."))
        self._view = view
        self._judge()

    def _choice(self) -> ReadingChoice:
        return ReadingChoice(self.encoding.currentData() or "", self.sheet.currentText())

    def _judge(self) -> None:
        if self._view is None:
            return
        choice = self._choice()
        self.lines.set_rows(self._view.lines(choice.encoding))
        self.read.setEnabled(self._view.is_other(choice))

    def _request(self) -> None:
        if self._view and self._view.is_other(self._choice()):
            self.reading_requested.emit(self._choice())


def _explanation(view: FileView) -> str:
    if view.encodings:
        return tr("Choose another encoding where letters below look wrong. Only lines that it changes are shown.")
    if view.sheets:
        return tr("The sheet whose head looks most like a list was read. Choose another one to read that.")
    if not view.table.source.encoding:
        return tr("{format}. There is nothing to choose: it has one sheet.", format=view.table.source.format)
    return tr(
        "{format}. There is nothing to choose: every encoding reads it the same.", format=view.table.source.format
    )


def _label(words: str, buddy: QWidget) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(buddy)
    return label
