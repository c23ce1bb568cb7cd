"""Causes as cards and control totals as lines: what they say, and what a refresh leaves alone."""

from collections.abc import Iterable
from datetime import timedelta

from fakes.answers import export_item_json, pair_json
from fakes.bracketed_language import bracketed
from fakes.builders import NINE, a_failed_item, a_snapshot, an_item, entry_id, snapshot_of
from fakes.history import FakeHistory
from fakes.qt_loop import at_rest
from fakes.words import ENGLISH
from pydantic import TypeAdapter
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.models.cause import Sighting
from app.models.export_item import ExportItem
from app.models.export_job import ExportJobItem
from app.models.snapshot import AccountingData, JobSnapshot
from app.models.vocabulary import EntryId
from app.review.causes import causes
from app.review.control_totals import ControlTotals, control_totals
from ui.review.panel import ReviewPanel
from ui.review.presenter import ReviewPresenter
from ui.review.view_model import CauseCard, cause_card, proof, total_lines
from ui.widgets.plain_label import PlainLabel, TextRole

MARKUP = '<b>refused</b> <a href="https://example.com">here</a>'
Entries = dict[EntryId, ExportItem]


def entries_of(*amounts: tuple[int, str]) -> Entries:
    """An entry for each amount, numbered from 0."""
    rows = [export_item_json(number, amount=pair_json(*amount)) for number, amount in enumerate(amounts)]
    return {row["accountingEntryId"]: TypeAdapter(ExportItem).validate_python(row) for row in rows}


def cards_of(
    items: Iterable[ExportJobItem], entries: Entries | None = None, sighting: Sighting | None = None
) -> list[CauseCard]:
    return [cause_card(cause, sighting, ENGLISH) for cause in causes(items, entries or {})]


def two_causes(*others: ExportJobItem) -> list[CauseCard]:
    items = (
        a_failed_item(0, "Konto 4980 saknas", "account_unknown"),
        a_failed_item(1, "Konto 4981 saknas", "account_unknown"),
        a_failed_item(2, "Too late", "validation_failure"),
    )
    return cards_of((*items, *others))


def a_panel(qtbot: QtBot) -> ReviewPanel:
    panel = ReviewPanel()
    qtbot.addWidget(panel)
    panel.resize(260, 600)
    panel.show()
    return panel


def said(panel: ReviewPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(PlainLabel) if not label.isHidden()]


def test_a_card_says_what_how_many_how_much_the_servers_words_who_and_since_when() -> None:
    items = [a_failed_item(number, f"Konto 498{number} saknas", "account_unknown") for number in range(3)]
    entries = entries_of((10_050, "SEK"), (-50, "SEK"), (999, "EUR"))
    (card,) = cards_of(items, entries, Sighting(NINE, jobs_before=2))
    assert card.title == "Account unknown"
    assert card.amount.replace("\N{NO-BREAK SPACE}", " ") == "3 items · 9.99 EUR, 100.00 SEK"
    assert card.words == "Konto 4980 saknas"
    about, who, seen = card.facts
    assert about == "About 4980, 4981, 4982"
    assert who.startswith("Usually fixed by the accountant: ")
    assert seen == f"First seen {ENGLISH.moment(NINE)}, in 2 jobs before"
    assert set(card.item_ids) == {entry_id(0), entry_id(1), entry_id(2)}
    assert all(part in card.sentence for part in (card.title, card.amount, card.words, *card.facts))


def test_a_card_names_nothing_that_its_sentence_says_already_and_no_addresses() -> None:
    lone = [a_failed_item(0, "The receipt is 11.4 MB, the limit is 10 MB", "account_unknown")]
    addresses = [a_failed_item(number, f"See https://books.example/{number}", "account_unknown") for number in range(3)]
    for items in (lone, addresses):
        (card,) = cards_of(items, {}, None)
        assert not [fact for fact in card.facts if fact.startswith("About")]


def test_a_cause_of_no_job_before_is_new_and_one_that_was_not_looked_up_says_nothing() -> None:
    items = [a_failed_item(0, "Too late")]
    assert cards_of(items, sighting=Sighting(NINE, jobs_before=0))[0].facts == ("New: not seen in a job before",)
    assert cards_of(items)[0].facts == ()


def test_a_cause_without_a_word_of_the_server_says_so() -> None:
    (card,) = cards_of([a_failed_item(0)])
    assert (card.title, card.amount, card.words) == ("No failure type", "1 item", "The server gave no reason.")


def test_markup_in_the_servers_words_is_shown_as_letters(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_causes(cards_of([a_failed_item(0, MARKUP, "<i>odd</i>")]))
    labels = panel.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert f"“{MARKUP}”" in said(panel)


def test_a_card_is_read_out_whole(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    cards = two_causes()
    panel.show_causes(cards)
    assert [button.accessibleName() for button in panel.cause_buttons] == [card.sentence for card in cards]


def test_very_long_words_of_the_server_are_cut_on_the_card_and_whole_for_a_screen_reader(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    reason = "Belegnummer fehlt. " * 60
    panel.show_causes(cards_of([a_failed_item(0, reason)]))
    shown = next(text for text in said(panel) if text.startswith("“"))
    assert shown.endswith("…”")
    assert len(shown) < 260
    assert reason.strip() in panel.cause_buttons[0].accessibleName()


def test_the_most_frequent_causes_have_cards_and_the_rarer_ones_are_counted(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    words = [f"{chr(97 + place % 26) * (2 + place // 26)} is missing" for place in range(60)]
    panel.show_causes(cards_of([a_failed_item(place, reason) for place, reason in enumerate(words)]))
    assert len(panel.cause_buttons) == 50
    assert panel.more.text() == "and 10 rarer causes of 10 items, which the search finds"
    panel.show_causes(two_causes())
    assert panel.more.isHidden()


def test_one_card_is_chosen_at_a_time_and_pressing_it_again_lets_it_go(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    cards = two_causes()
    panel.show_causes(cards)
    chosen = QSignalSpy(panel.cause_chosen)
    first, second = panel.cause_buttons
    first.click()
    second.click()
    assert (first.isChecked(), second.isChecked()) == (False, True)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert panel.chosen() is None
    assert [chosen.at(place)[0] for place in range(chosen.count())] == [cards[0], cards[1], None]


def test_the_outcome_of_the_chosen_causes_items_can_be_set_at_one_stroke_and_no_card_moves(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    cards = two_causes()
    panel.show_causes(cards)
    places = [button.y() for button in panel.cause_buttons]
    assert not panel.set_outcome.isVisible()
    panel.cause_buttons[1].click()
    assert panel.set_outcome.isVisible()
    with qtbot.waitSignal(panel.outcome_requested) as wished:
        panel.set_outcome.click()
    assert wished.args == [cards[1]]
    assert [button.y() for button in panel.cause_buttons] == places
    panel.clear_choice()
    assert not panel.set_outcome.isVisible()


def test_focus_and_choice_are_kept_when_the_causes_are_shown_again(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_causes(two_causes())
    qtbot.waitUntil(panel.isActiveWindow)
    button = panel.cause_buttons[1]
    button.setFocus()
    button.click()
    chosen = QSignalSpy(panel.cause_chosen)
    panel.show_causes(two_causes())
    assert panel.cause_buttons[1] is button
    assert button.hasFocus()
    assert panel.chosen() == button.card.key
    assert chosen.count() == 0


def test_a_chosen_cause_that_has_grown_is_chosen_anew_and_one_that_is_gone_is_let_go(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_causes(two_causes())
    panel.cause_buttons[1].click()
    chosen = QSignalSpy(panel.cause_chosen)
    panel.show_causes(two_causes(*(a_failed_item(number, "Too late", "validation_failure") for number in (3, 4))))
    assert panel.cause_buttons[0].isChecked(), "the choice follows the cause, not its place"
    assert chosen.at(0)[0].item_ids == (entry_id(2), entry_id(3), entry_id(4))
    panel.show_causes(cards_of([a_failed_item(0, "Konto 4980 saknas", "account_unknown")]))
    assert panel.chosen() is None
    assert chosen.at(1)[0] is None


def test_control_totals_have_a_line_for_each_status_with_its_sums() -> None:
    items = (an_item(0), an_item(1), an_item(2, "failed"), an_item(3, "parked"))
    entries = entries_of((100, "SEK"), (250, "SEK"), (-7, "EUR"))
    lines = total_lines(control_totals(snapshot_of(items), entries), ENGLISH)
    assert [(line.counted, line.sums.replace("\N{NO-BREAK SPACE}", " ")) for line in lines] == [
        ("2 posted", "3.50 SEK"),
        ("1 failed", "-0.07 EUR"),
        ("1 unknown: parked", ""),
    ]


def test_causes_and_totals_are_said_in_the_users_language() -> None:
    with bracketed():
        (cause,) = causes([a_failed_item(0, "", "")], entries_of((100, "SEK")))
        card = cause_card(cause, Sighting(NINE - timedelta(days=3), jobs_before=4), ENGLISH)
        assert (card.title, card.words) == ("⟦No failure type⟧", "⟦The server gave no reason.⟧")
        assert card.amount.startswith("⟦1 item⟧ · ")
        assert [fact[:13] for fact in card.facts] == ["⟦First seen 2"]
        totals = control_totals(snapshot_of((an_item(0), an_item(1, "parked"))), {})
        assert [line.counted for line in total_lines(totals, ENGLISH)] == ["⟦1 posted⟧", "⟦1 unknown: parked⟧"]
        assert proof(totals) == "⟦2 of 2 items read⟧"


def test_the_proof_says_whether_the_items_add_up() -> None:
    def said_of(snapshot: JobSnapshot) -> str:
        return proof(control_totals(snapshot, {}))

    assert said_of(a_snapshot("failed", "successful")) == "2 of 2 items read"
    assert said_of(a_snapshot("failed", items=3)) == "Does not add up: 2 fewer than the 3 items Pleo says"
    assert said_of(a_snapshot("failed", "failed", items=1)) == "Does not add up: 1 more than the 1 item Pleo says"


def test_an_entry_that_was_read_twice_does_not_stand_in_for_a_missing_one() -> None:
    snapshot = snapshot_of((an_item(1), an_item(1)))
    assert proof(control_totals(snapshot, {})) == "Does not add up: 1 item read twice"
    both = ControlTotals((), {}, expected=3, twice=2)
    assert proof(both) == "Does not add up: 3 fewer than the 3 items Pleo says, 2 items read twice"


def test_what_does_not_add_up_is_said_in_strong_letters(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_totals((), "Does not add up", adds_up=False)
    assert panel.proof.property("role") == TextRole.STRONG.value
    panel.show_totals((), "Adds up")
    assert panel.proof.property("role") == TextRole.QUIET.value


def test_a_screen_reader_hears_count_status_and_sums_in_one(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    lines = total_lines(control_totals(a_snapshot("failed"), entries_of((100, "SEK"))), ENGLISH)
    panel.show_totals(lines, "")
    names = [label.accessibleName() for label in panel.findChildren(PlainLabel)]
    assert f"1 failed: {lines[0].sums}" in names


async def test_causes_are_shown_with_what_the_history_knows_and_the_job_is_remembered() -> None:
    history, panel = FakeHistory(), ReviewPanel()
    items = (a_failed_item(0, "Too late", "validation_failure"), an_item(1))
    (cause,) = causes(items, {})
    history.known[cause.key] = Sighting(NINE - timedelta(days=3), jobs_before=4)
    presenter = ReviewPresenter(panel, history, ENGLISH)
    snapshot = snapshot_of(items)
    presenter.show(snapshot, None)
    await at_rest(presenter)
    assert history.remembered == []
    presenter.show(snapshot, AccountingData(read_at=NINE))
    await at_rest(presenter)
    assert history.remembered == [snapshot]
    assert panel.cause_buttons[0].card.facts[-1].endswith("in 4 jobs before")
    assert panel.proof.text() == "2 of 2 items read"
    presenter.show(None, None)
    assert (panel.cause_buttons, panel.proof.text()) == ([], "")
    delete(panel)
