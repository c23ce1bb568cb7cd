"""The dialog of posting lists over a job of `fakes.bookkeeping`, as a test drives and reads it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fakes.bookkeeping import EXPENSES, Expense, job_of
from fakes.qt_loop import until
from fakes.words import ENGLISH
from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import delete

from app.errors import SettingsProblem
from app.models.draft import Draft
from app.models.vocabulary import JobId
from app.posting_lists.mapping import ListMapping
from app.posting_lists.outcomes import AcceptedList
from ui.posting_lists.dialog import PostingsDialog
from ui.posting_lists.presenter import PostingsPresenter


@dataclass
class FakeMappings:
    """What was said of lists, in memory. `damage` is met at each look, `refusal` at each writing."""

    kept: dict[str, ListMapping] = field(default_factory=dict)
    damage: SettingsProblem | None = None
    refusal: SettingsProblem | None = None

    def find(self, shape: str | None) -> tuple[ListMapping | None, SettingsProblem | None]:
        return self.kept.get(shape or ""), self.damage

    def remember(self, shape: str, mapping: ListMapping) -> None:
        if self.refusal:
            raise self.refusal
        self.kept[shape] = mapping


@dataclass
class Screen:
    presenter: PostingsPresenter
    mappings: FakeMappings
    accepted: list[AcceptedList] = field(default_factory=list)
    jobs: list[JobId] = field(default_factory=list)
    troubles: list[SettingsProblem] = field(default_factory=list)
    closings: list[bool] = field(default_factory=list)

    @property
    def dialog(self) -> PostingsDialog:
        assert self.presenter.dialog is not None
        return self.presenter.dialog

    async def at_rest(self) -> None:
        await until(lambda: not self.dialog.busy.is_running() and not self.presenter._tasks.running())

    async def shows(self, path: Path) -> None:
        self.presenter.open_file(path)
        await self.at_rest()

    def lines(self, *keys: str) -> list[tuple[str, ...]]:
        """The texts of these columns, row by row as they are shown."""
        model = self.dialog.found.model
        places = [model.column_of(key) for key in keys]
        return [tuple(model.texts(row)[place] for place in places) for row in range(model.rowCount())]

    def line_of(self, number: int) -> dict[str, str]:
        """The row of that number in the file."""
        model = self.dialog.found.model
        row = next(row for row in range(model.rowCount()) if model.texts(row)[1] == f"{number:,}")
        return dict(zip((column.key for column in model.columns), model.texts(row), strict=True))

    def choose_row(self, number: int) -> None:
        model = self.dialog.found.model
        key = next(row.key for row in model.rows() if row.number == number)
        self.dialog.found.table.select_ids([key])


@asynccontextmanager
async def a_screen(
    mappings: FakeMappings | None = None,
    *expenses: Expense,
    drafts: Sequence[Draft] = (),
    person: Callable[[], str | None] = lambda: None,
) -> AsyncIterator[Screen]:
    window = QWidget()
    window.show()
    mappings = mappings or FakeMappings()
    now, held = datetime(2026, 3, 2, 9, tzinfo=UTC), {draft.entry_id: draft for draft in drafts}
    presenter = PostingsPresenter(window, mappings, lambda: held, lambda: now, ENGLISH, person=person)
    screen = Screen(presenter, mappings)
    presenter.accepted.connect(lambda _job, accepted: screen.accepted.append(accepted))
    presenter.accepted.connect(lambda job, _accepted: screen.jobs.append(job))
    presenter.trouble.connect(screen.troubles.append)
    presenter.dialog_closed.connect(lambda: screen.closings.append(True))
    presenter.open(*job_of(*(expenses or EXPENSES)))
    try:
        yield screen
    finally:
        await presenter.aclose()
        window.close()
        delete(window)


def a_list(tmp_path: Path, *lines: str, head: str = "Reference;Status;Voucher;Message") -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def pick(combo: QComboBox, text: str) -> None:
    index = combo.findText(text)
    assert index >= 0, [combo.itemText(each) for each in range(combo.count())]
    combo.setCurrentIndex(index)
    combo.activated.emit(index)
