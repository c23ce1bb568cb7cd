"""What the menus can do, from facts alone: without Qt."""

from dataclasses import replace

import pytest

from ui.shell.actions import Actions
from ui.shell.menu_state import MenuFacts, MenuState, menu_state

RUNNING = MenuFacts(
    is_job_open=True,
    has_accounting=True,
    act="Complete…",
    is_due=True,
    has_drafts=True,
    undo_name="3 items failed",
    leads_to_pleo=True,
    leads_to_books=True,
)


def enabled(facts: MenuFacts) -> set[str]:
    return {name for name, entry in menu_state(facts)._asdict().items() if entry.is_enabled}


def test_every_entry_is_an_action_of_the_window() -> None:
    assert set(MenuState._fields) <= set(Actions._fields)


def test_without_a_job_nothing_about_one_can_be_done() -> None:
    assert enabled(MenuFacts()) == set()
    assert not MenuFacts().takes_outcomes


def test_with_a_running_job_and_drafts_everything_can_be_done_but_what_was_not_undone() -> None:
    assert enabled(RUNNING) == set(MenuState._fields) - {"redo"}


def test_a_job_that_has_ended_takes_no_outcomes_and_its_drafts_can_still_be_discarded() -> None:
    ended = replace(RUNNING, is_finished=True, is_due=False)
    assert enabled(ended) == {"copy_job_id", "undo", "discard_drafts", "open_in_pleo", "open_in_books"}
    assert not ended.takes_outcomes
    assert menu_state(ended).import_results.tooltip == "This job has ended: no outcome can be reported any more"


def test_what_is_forbidden_sends_nothing_and_drafting_goes_on() -> None:
    assert enabled(RUNNING) - enabled(replace(RUNNING, forbidden="Offline")) == {"act", "send_outcomes"}


def test_without_drafts_there_is_nothing_to_send_or_discard() -> None:
    assert enabled(RUNNING) - enabled(replace(RUNNING, has_drafts=False)) == {"send_outcomes", "discard_drafts"}


@pytest.mark.parametrize("entry", ["import_results", "export_open_items"])
def test_lists_wait_for_amounts_and_say_so(entry: str) -> None:
    early = menu_state(replace(RUNNING, has_accounting=False))
    found = getattr(early, entry)
    assert not found.is_enabled
    assert found.tooltip == "Amounts and suppliers have not been read yet"
    assert getattr(menu_state(RUNNING), entry).tooltip == ""


def test_a_file_may_be_dropped_before_amounts_were_read() -> None:
    assert replace(RUNNING, has_accounting=False).takes_outcomes


def test_the_gate_says_what_the_act_is_called_and_whether_it_is_due() -> None:
    state = menu_state(replace(RUNNING, act="Start job…", is_due=False))
    assert (state.act.text, state.act.is_enabled) == ("&Start job…", False)


def test_undo_and_redo_name_what_they_do() -> None:
    state = menu_state(replace(RUNNING, undo_name="from R&D.csv"))
    assert (state.undo.text, state.redo.text) == ("&Undo: from R&&D.csv", "&Redo")


@pytest.mark.parametrize("way", ["pleo", "books"])
def test_an_address_that_the_item_has_not_cannot_be_opened(way: str) -> None:
    assert f"open_in_{way}" not in enabled(replace(RUNNING, **{f"leads_to_{way}": False}))


def test_every_entry_that_can_do_nothing_says_why() -> None:
    ended = replace(RUNNING, is_finished=True, is_due=False, blocker="The job has ended")
    for facts in (MenuFacts(), ended, replace(RUNNING, has_drafts=False, leads_to_pleo=False, undo_name="")):
        entries = menu_state(facts)._asdict()
        assert [name for name, entry in entries.items() if not entry.is_enabled and not entry.tooltip] == []
    early = replace(RUNNING, is_due=False, blocker="3 items are still pending")
    assert menu_state(early).act.tooltip == "3 items are still pending"
    assert menu_state(replace(early, forbidden="Offline")).act.tooltip == "Offline"
    assert menu_state(RUNNING).act.tooltip == ""
