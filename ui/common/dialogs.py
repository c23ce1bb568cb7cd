import asyncio

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.messages import said
from app.texts.screen import for_screen
from ui.theme.metrics import GRID, scaled
from ui.widgets.pane import ScrollColumn
from ui.widgets.plain_label import PlainLabel, TextRole
from ui.widgets.plain_text import PlainText

REJECTED = int(QDialog.DialogCode.Rejected)
_WIDTH = 440
_DETAIL_HEIGHT = 160
_CANCEL = said("Cancel")


async def opened(dialog: QDialog) -> int:
    """Opens without a loop of its own, since `exec()` halts every other task, and waits until the dialog has finished.

    A dialog that is destroyed counts as rejected; cancelling the wait closes the dialog.
    """
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def settle(code: int) -> None:
        if not answer.done():
            answer.set_result(code)

    dialog.finished.connect(settle)
    dialog.destroyed.connect(lambda _gone: settle(REJECTED))
    dialog.open()
    try:
        return await answer
    except asyncio.CancelledError:
        if isValid(dialog):
            dialog.reject()
        raise


async def confirm(
    parent: QWidget | None,
    title: str,
    text: str,
    *,
    action: str,
    detail: str = "",
    cancel: str = _CANCEL,
    dangerous: bool = False,
) -> bool:
    """Asks one question. `action` is what the button does, in words; where it is dangerous, Enter means cancel."""
    dialog = Question(parent, title, text, action=action, detail=detail, cancel=cancel, dangerous=dangerous)
    try:
        return await opened(dialog) == int(QDialog.DialogCode.Accepted)
    finally:
        if isValid(dialog):
            dialog.deleteLater()


class Question(QDialog):
    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        *,
        action: str,
        detail: str = "",
        cancel: str = _CANCEL,
        dangerous: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(for_screen(title))
        self.setAccessibleDescription(for_screen(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(PlainLabel(title, role=TextRole.TITLE, wrap=True))
        column.addWidget(PlainLabel(text, wrap=True))
        if detail:
            column.addWidget(_folded(detail))
        column.addSpacing(GRID)
        column.addStretch(1)
        column.addWidget(self._buttons(action, cancel, dangerous=dangerous))
        self.setMinimumWidth(scaled(_WIDTH))
        self.resize(self.minimumWidth(), column.totalHeightForWidth(self.minimumWidth()))

    def _buttons(self, action: str, cancel: str, *, dangerous: bool) -> QDialogButtonBox:
        box = QDialogButtonBox()
        act, stay = (QPushButton(for_screen(words).replace("&", "&&")) for words in (action, cancel))
        act.setObjectName("questionAction")
        act.setProperty("danger" if dangerous else "primary", "true")
        stay.setObjectName("questionCancel")
        box.addButton(stay, QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        safe = stay if dangerous else act
        (act if dangerous else stay).setAutoDefault(False)
        safe.setDefault(True)
        safe.setFocus()
        return box


def _folded(detail: str) -> ScrollColumn:
    area = ScrollColumn(ground="surface")
    area.column.setContentsMargins(GRID, GRID, GRID, GRID)
    words = PlainText(detail, mono=True)
    area.column.addWidget(words)
    needed = words.heightForWidth(_WIDTH - 8 * GRID) + 2 * GRID
    area.setFixedHeight(min(needed, _DETAIL_HEIGHT))
    return area
