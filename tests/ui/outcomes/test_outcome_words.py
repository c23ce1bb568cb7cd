"""What is said of outcomes is said whole in any language: nothing of it is put together of English parts."""

import re
from datetime import UTC, datetime

import pytest
from fakes.bracketed_language import Bracketed
from fakes.drafts import a_success

from app.errors import DraftsProblem
from app.messages import Said, said
from app.models.page import ItemUpdateError
from app.models.vocabulary import EntryId, FailureType, Item, ItemStatus
from app.outcomes.batches import refusal_words
from app.outcomes.decision import Decision, faults
from app.outcomes.draft_service import Sent
from app.outcomes.failure_wordings import VARIABLE_WORDS, VARIABLES
from app.outcomes.service import UpdateResult
from ui.outcomes.view_model import fates, lacking_words, sent_words, statuses_text, unknown_words

NOW = datetime(2026, 11, 30, tzinfo=UTC)
OUTCOMES = [a_success(number).outcome for number in range(5)]
STATUSES = ("successful", "failed", "abandoned", "pending", "in_progress", "of_tomorrow")


def bracketed(text: str) -> str:
    assert isinstance(text, Said), text
    return text.into(Bracketed())


def not_said(text: str) -> str:
    """What stands outside of all brackets, but for what joins messages."""
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    shown = bracketed(text)
    while inner.search(shown):
        shown = inner.sub("", shown)
    return shown.strip(" ,.\n")


def an_error(number: int, message: str = "Locked", kind: str = "locked") -> ItemUpdateError:
    return ItemUpdateError(accounting_entry_id=OUTCOMES[number].accounting_entry_id, message=message, type=kind)


@pytest.mark.parametrize(
    "result",
    [
        UpdateResult(arrived=[EntryId("a")]),
        UpdateResult(arrived=[EntryId("a"), EntryId("b")], refused=[an_error(0)], was_stopped=True),
        UpdateResult(refused=[an_error(0)], not_sent=OUTCOMES[1:2], unknown=OUTCOMES[2:3], changed=OUTCOMES[3:5]),
        UpdateResult(refused=[an_error(0), an_error(1)]),
    ],
)
def test_what_came_of_a_sending(result):
    problem = DraftsProblem(said("The drafts cannot be written"), advice=said("Try again."))
    words = sent_words(Sent(result, problem))
    assert not_said(words.title) == ""
    assert not_said(words.advice) == ""
    assert {not_said(fate) for fate in fates(result).values()} == {""}


def test_what_is_not_known_yet_and_what_is_lacking():
    for count in (1, 2):
        assert not_said(unknown_words(count, said("From {time} on it can be released by hand.", time="12:00"))) == ""
    assert bracketed(lacking_words({"tag": 2, "team": 1}, 2)) == (
        "⟦{tag} is not known for any of the 2 items, and left out there.⟧\n"
        "⟦{team} is not known for 1 of the 2 items, and left out there.⟧"
    )
    assert lacking_words({"tag": 0}, 2) == ""


def test_counts_of_statuses():
    statuses = [ItemStatus(status) for status in STATUSES]
    assert statuses_text(statuses) == (
        "1 posted, 1 failed, 1 abandoned, 1 pending, 1 in progress, 1 unknown: of_tomorrow"
    )
    assert not_said(statuses_text(statuses)) == ""


@pytest.mark.parametrize(
    "decision",
    [
        Decision(Item.FAILED, "", "", wording="{a} {b}"),
        Decision(Item.FAILED, "", "", wording="{a}", failure_type=FailureType("x")),
        Decision(Item.SUCCESSFUL, "", "", external_url="nowhere", exported_at=datetime(2027, 1, 1, tzinfo=UTC)),
        Decision(ItemStatus(""), "", ""),
    ],
)
def test_why_a_decision_cannot_be_drafted(decision):
    found = faults(decision, NOW)
    assert len(found) >= 3
    assert [fault for fault in found if not_said(fault)] == []


def test_every_variable_has_a_name_to_be_offered_by():
    assert list(VARIABLE_WORDS) == list(VARIABLES)
    assert {str(words) for words in VARIABLE_WORDS.values()} == {name.replace("_", " ") for name in VARIABLES}


def test_a_refusal_of_the_programs_own_is_a_message_and_pleos_words_stay():
    own = "Another outcome has been reported for this item meanwhile"
    assert refusal_words("overtaken", own) == f"{own} (overtaken)"
    assert bracketed(refusal_words("overtaken", own)) == f"⟦⟦{own}⟧ (overtaken)⟧"
    assert bracketed(refusal_words("locked", "Locked")) == "⟦Locked (locked)⟧"
