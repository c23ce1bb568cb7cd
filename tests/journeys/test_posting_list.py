"""A job with open items: the accounting system's list says what became of them, and the job can be completed."""

from pathlib import Path

from fakes.desk import OpenDesk, final_events, press
from fakes.qt_loop import Run, until

from app.models.snapshot import AccountingData
from app.models.words import OPEN_ITEM
from app.postings.outcomes import AcceptedList
from app.sandbox.running import RunningSandbox
from app.settings.mappings import MappingsFile
from ui.format import LocaleFormat
from ui.postings.presenter import PostingsPresenter
from ui.widgets.message_bar import MessageKind


def test_a_list_is_dropped_accepted_and_sent_and_the_job_is_completed_once(
    run: Run, sandbox: RunningSandbox, open_desk: OpenDesk, tmp_path: Path
) -> None:
    sandbox.load("mixed")
    path = tmp_path / "posteringer.csv"

    async def journey() -> None:
        async with open_desk(sandbox.url) as desk:
            await desk.read()
            assert not desk.gate.action.isEnabled()
            rows = desk.items.model.rows()
            snapshot = desk.workspace.items.snapshot
            assert snapshot is not None
            accounting = AccountingData({row.item.accounting_entry_id: row.entry for row in rows if row.entry})
            still_open = [row for row in rows if row.item.status in OPEN_ITEM]
            lines = ["Reference;Status;Bilag;Beløb;Besked"]
            for number, row in enumerate(still_open):
                assert row.entry is not None
                amount = f"{abs(row.entry.amount.in_supplier_currency.amount):.2f}".replace(".", ",")
                said = "fejl;;{};Konto 4980 mangler" if number == 0 else "bogført;B1;{};"
                lines.append(f"{row.entry.reconciliation_id};{said.format(amount)}")
            path.write_text("\n".join([*lines, "I alt;;;9,00;"]), encoding="cp1252")

            clock = desk.session.switchboard.clock
            presenter = PostingsPresenter(desk.window, MappingsFile(tmp_path), clock.now, LocaleFormat())
            accepted: list[AcceptedList] = []
            presenter.accepted.connect(accepted.append)
            presenter.open(snapshot, accounting, path)
            assert presenter.dialog is not None
            draft = presenter.dialog.draft
            await until(draft.isEnabled)
            assert draft.text() == f"Draft {len(still_open)} outcomes"
            press(draft)
            await presenter.finished()

            (taken,) = accepted
            services = desk.session.companies.services
            assert services is not None
            result = await services.updates.send(snapshot.job.id, taken.outcomes, lambda _done, _total: None)
            assert sorted(result.arrived) == sorted(row.item.accounting_entry_id for row in still_open)
            desk.workspace.refresh()
            await desk.open_preview()
            messages = await desk.send()
            assert messages.kind() is MessageKind.SUCCESS
            await desk.close_dialog()
            assert [event["body"]["event"] for event in final_events(sandbox)] == ["completed_with_errors"]

    run(journey())
