"""One decision from the question to its drafts: who is named, what is counted meanwhile, what is remembered."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from fakes.answers import export_item_json
from fakes.builders import JOB_ID, NINE, an_item, entry_id, snapshot_of
from fakes.clocks import FakeClock
from fakes.drafts import FakeDraftStore, a_failure
from fakes.item_updates import FakePleo
from fakes.journal import FakeJournal
from fakes.qt_loop import until
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.models.draft import Draft
from app.models.export_item import ExportItem
from app.models.vocabulary import FailureType
from app.outcomes.draft_service import DraftService
from app.outcomes.failure_wordings import proposals
from app.outcomes.item_by_item import Cell
from app.outcomes.service import ItemUpdateService
from app.platform.languages import language_of
from app.settings.failure_wordings import OwnWordings
from ui.common.readers import readers_of
from ui.items.view_model import ItemRow
from ui.outcomes.grid_model import COLUMN_OF
from ui.outcomes.outcome_dialog import OutcomeDialog
from ui.outcomes.outcome_presenter import OutcomePresenter

ENTRY = TypeAdapter(ExportItem)


@dataclass
class FakeWordings:
    kept: OwnWordings = field(default_factory=OwnWordings)

    def read(self) -> tuple[OwnWordings, None]:
        return self.kept, None

    def write(self, wordings: OwnWordings) -> None:
        self.kept = wordings


@dataclass
class Screen:
    presenter: OutcomePresenter
    store: FakeDraftStore
    wordings: FakeWordings

    def ask(self, chosen: Sequence[ItemRow], shown: Sequence[ItemRow] = ()) -> OutcomeDialog:
        self.presenter.ask(chosen, shown)
        assert self.presenter.dialog is not None
        return self.presenter.dialog

    async def draft(self, dialog: OutcomeDialog) -> Draft:
        """The first that comes of it."""
        dialog.draft.click()
        await until(lambda: self.presenter.dialog is None)
        return next(iter(self.store.kept[JOB_ID].values()))


@asynccontextmanager
async def a_screen(readers_language: str = "en") -> AsyncIterator[Screen]:
    window, store, wordings = QWidget(), FakeDraftStore(), FakeWordings()
    window.show()
    service = DraftService(store, ItemUpdateService(FakePleo(3), FakeJournal(), FakeClock()))
    presenter = OutcomePresenter(window, service, wordings, "ann", lambda: NINE, ENGLISH, readers_of(readers_language))
    presenter.show_snapshot(snapshot_of([an_item(number, "pending") for number in range(3)]))
    try:
        yield Screen(presenter, store, wordings)
    finally:
        if presenter.dialog:
            presenter.dialog.reject()
        await presenter.aclose()
        window.close()
        delete(window)


def a_row(number: int, draft: Draft | None = None, *, is_known: bool = True) -> ItemRow:
    entry = ENTRY.validate_python(export_item_json(number)) if is_known else None
    return ItemRow((entry_id(number), 0), an_item(number, "pending"), entry, draft)


async def test_one_item_is_named_and_several_are_added_up() -> None:
    async with a_screen() as screen:
        dialog = screen.ask([a_row(0)], [a_row(0), a_row(1)])
        assert [choice.text() for choice in dialog.scope_choices] == [
            "The chosen item",
            "All 2 items that are shown",
        ]
        words = dialog.concerned_words
        await until(lambda: words.text() == "GOOGLE*ADS8693645259 · 896.96 SEK · 28/02/2026 · pending")
        dialog.scope_choices[1].click()
        await until(lambda: words.text().endswith(" · 2 pending"))
        assert words.text().startswith("1,793.92")


async def test_what_some_items_have_no_value_for_is_counted_as_the_reason_is_written() -> None:
    async with a_screen() as screen:
        dialog = screen.ask([a_row(0), a_row(1), a_row(2, is_known=False)])
        said = dialog.failure_fields.lacking
        dialog.failure_fields.reason.setPlainText("No account for {supplier}")
        await until(said.text)
        assert said.text() == "{supplier} is not known for 1 of the 3 items, and left out there."
        dialog.failure_fields.reason.setPlainText("No account")
        await until(lambda: not said.text())


async def test_the_reason_of_a_draft_that_is_changed_is_no_wording_to_remember() -> None:
    before = a_failure(0, "Konto 4980 saknas")
    async with a_screen() as screen:
        dialog = screen.ask([a_row(0, before)])
        dialog.note.setText("Asked once more")
        after = await screen.draft(dialog)
        assert (after.outcome, after.note) == (before.outcome, "Asked once more")
        assert screen.wordings.kept.by_type == {}
        dialog = screen.ask([a_row(0, after)])
        dialog.failure_fields.reason.setPlainText("Konto {account_code} saknas")
        await screen.draft(dialog)
        assert list(screen.wordings.kept.by_type.values()) == [("Konto {account_code} saknas",)]


async def test_reasons_are_proposed_and_filled_as_those_at_pleo_read_them() -> None:
    async with a_screen(readers_language="de") as screen:
        dialog = screen.ask([a_row(0)])
        fields = dialog.failure_fields
        fields.kind.setCurrentIndex(fields.kind.findData(FailureType("vendor_unknown")))
        german = proposals(FailureType("vendor_unknown"), language_of("de"))
        assert tuple(fields._offered_before()) == german != proposals(FailureType("vendor_unknown"))
        dialog.failed.setChecked(True)
        fields.reason.setPlainText("{amount} vom {date}")
        dialog.note.setText("Geprüft")
        draft = await screen.draft(dialog)
        assert draft.outcome.failure_reason == "896,96 SEK vom 28.02.26"


async def test_a_user_who_is_named_while_the_dialog_is_open_is_proposed_unless_a_name_was_typed() -> None:
    async with a_screen() as screen:
        screen.presenter.name_user("")
        dialog = screen.ask([a_row(0)])
        assert dialog.person.text() == ""
        screen.presenter.name_user("ann")
        assert dialog.person.text() == "ann"
        screen.presenter.name_user("")
        assert dialog.person.text() == ""
        dialog.person.setText("Bo Dahl")
        screen.presenter.name_user("ann")
        assert dialog.person.text() == "Bo Dahl"


async def test_what_is_entered_item_by_item_is_drafted_as_one_step_and_each_fills_its_own_wording() -> None:
    async with a_screen() as screen:
        dialog = screen.ask([a_row(0), a_row(1)])
        number, kind, reason = (COLUMN_OF[cell] for cell in (Cell.NUMBER, Cell.KIND, Cell.REASON))
        model = dialog.grid_fields.model
        model.enter({(0, number): "JE-1", (1, kind): "vendor_unknown", (1, reason): "Who is {supplier}?"})
        dialog.note.setText("As listed")
        dialog.draft.click()
        await until(lambda: screen.presenter.dialog is None)
        (written,) = screen.store.written
        posted, failed = written.values()
        assert posted
        assert failed
        assert (posted.outcome.external_id, posted.note, posted.drafted_by) == ("JE-1", "As listed", "ann")
        assert failed.outcome.failure_reason == "Who is GOOGLE*ADS8693645259?"
        assert list(screen.wordings.kept.by_type.values()) == [("Who is {supplier}?",)]


async def test_nothing_selected_means_all_that_are_open_on_screen() -> None:
    async with a_screen() as screen:
        final = replace(a_row(2), item=an_item(2, "successful"))
        dialog = screen.ask([], [a_row(0), a_row(1), final])
        assert dialog.grid_fields.model.rowCount() == 2


async def test_a_table_that_was_left_with_esc_is_there_again_and_gone_once_it_was_drafted() -> None:
    number = COLUMN_OF[Cell.NUMBER]
    async with a_screen() as screen:
        dialog = screen.ask([a_row(0), a_row(1)])
        dialog.grid_fields.model.enter({(0, number): "JE-1"})
        dialog.reject()
        await until(lambda: screen.presenter.dialog is None)
        dialog = screen.ask([a_row(2), a_row(0)])
        assert [dialog.grid_fields.model.text(row, number) for row in range(2)] == ["", "JE-1"]
        assert dialog.draft.text() == "Draft 1 outcome"
        dialog.note.setText("As listed")
        dialog.draft.click()
        await until(lambda: screen.presenter.dialog is None)
        dialog = screen.ask([a_row(0), a_row(1)])
        assert dialog.grid_fields.model.text(0, number) == ""


async def test_drafts_that_cannot_be_kept_lose_nothing_of_the_table() -> None:
    async with a_screen() as screen:
        screen.store.is_broken = True
        dialog = screen.ask([a_row(0), a_row(1)])
        number = COLUMN_OF[Cell.NUMBER]
        dialog.grid_fields.model.enter({(0, number): "JE-1"})
        dialog.note.setText("As listed")
        dialog.draft.click()
        await until(dialog.messages.title)
        assert dialog.grid_fields.model.text(0, number) == "JE-1"
        assert dialog.draft.isEnabled()
