"""A job's book of drafts: bulk acts with a name each, undo and redo, and what leaves it for good."""

from fakes.builders import entry_id
from fakes.drafts import a_failure, a_success
from hypothesis import given
from hypothesis import strategies as st

from app.models.page import ItemUpdateError
from app.outcomes.drafts import MARK_FAILED, MARK_SUCCESSFUL, DraftBook, changes_between, taking_from


def book_of(*drafts) -> DraftBook:
    return DraftBook().put(drafts, MARK_FAILED)


def test_a_bulk_act_is_one_step_with_a_name_that_says_how_many():
    book = DraftBook().put([a_failure(number) for number in range(17)], MARK_FAILED)
    assert book.undo_name == "Mark 17 items as failed"
    assert book.undo().drafts == {}
    assert book.undo().redo_name == "Mark 17 items as failed"


def test_one_item_is_named_as_one():
    assert DraftBook().put([a_success(1)], MARK_SUCCESSFUL).undo_name == "Mark 1 item as posted"
    assert DraftBook().put([a_success(1)], taking_from("a.csv")).undo_name == "Take the outcomes of 1 item from a.csv"


def test_there_is_nothing_to_undo_in_a_book_that_was_read_from_disk():
    book = DraftBook({entry_id(1): a_failure(1)})
    assert (book.undo_name, book.redo_name) == ("", "")
    assert book.undo() == book
    assert book.redo() == book


def test_undo_brings_back_the_draft_that_was_replaced():
    book = book_of(a_failure(1)).put([a_success(1)], MARK_SUCCESSFUL)
    assert book.undo().drafts == {entry_id(1): a_failure(1)}
    assert book.undo().undo().drafts == {}
    assert book.undo().undo().redo().redo() == book


def test_a_new_act_leaves_nothing_to_redo():
    book = book_of(a_failure(1)).undo().put([a_failure(2)], MARK_FAILED)
    assert book.redo_name == ""
    assert set(book.drafts) == {entry_id(2)}


def test_drafting_what_is_drafted_already_is_no_step():
    book = book_of(a_failure(1))
    assert book.put([a_failure(1)], MARK_FAILED) is book


def test_only_what_an_act_changes_counts_in_its_name():
    book = book_of(a_failure(1)).put([a_failure(1), a_failure(2)], MARK_FAILED)
    assert book.undo_name == "Mark 1 item as failed"


def test_discarding_is_a_step_too_and_passes_over_what_is_not_drafted():
    book = book_of(a_failure(1), a_failure(2)).discard([entry_id(2), entry_id(9)])
    assert set(book.drafts) == {entry_id(1)}
    assert book.undo_name == "Discard the drafts of 1 item"
    assert set(book.undo().drafts) == {entry_id(1), entry_id(2)}
    assert book.discard([entry_id(9)]) is book


def test_what_pleo_has_comes_back_neither_by_undo_nor_by_redo():
    book = book_of(a_failure(1), a_failure(2)).undo().without([entry_id(1)])
    assert set(book.redo().drafts) == {entry_id(2)}
    left = book_of(a_failure(1), a_failure(2)).without([entry_id(1)])
    assert left.undo_name == "Mark 1 item as failed"
    assert left.undo().drafts == {}


def test_a_step_all_of_whose_items_have_gone_is_no_step_any_more():
    assert book_of(a_failure(1)).without([entry_id(1)]) == DraftBook()


def test_a_refused_draft_stays_with_pleos_words():
    error = ItemUpdateError(accounting_entry_id=entry_id(1), type="ACCOUNTING_ENTRY_UPDATE_FAILED", message="No")
    stranger = ItemUpdateError(accounting_entry_id=entry_id(9), type="X", message="No")
    book = book_of(a_failure(1), a_failure(2)).refused([error, stranger])
    refusal = book.drafts[entry_id(1)].refusal
    assert refusal
    assert (refusal.type, refusal.message) == ("ACCOUNTING_ENTRY_UPDATE_FAILED", "No")
    assert book.drafts[entry_id(2)].refusal is None
    assert set(book.drafts) == {entry_id(1), entry_id(2)}


def test_a_refused_draft_that_is_undone_and_done_again_still_has_pleos_words():
    error = ItemUpdateError(accounting_entry_id=entry_id(1), type="X", message="No")
    book = book_of(a_success(1), a_failure(2)).refused([error])
    assert book.undo().redo().drafts == book.drafts
    assert book.discard([entry_id(1)]).undo().drafts == book.drafts
    other = book.put([a_failure(1)], MARK_FAILED)
    assert other.undo().drafts == book.drafts
    assert other.undo().redo().drafts == other.drafts


def test_changing_ones_mind_about_a_refused_draft_takes_the_refusal_away():
    error = ItemUpdateError(accounting_entry_id=entry_id(1), type="X", message="No")
    book = book_of(a_failure(1)).refused([error]).put([a_success(1)], MARK_SUCCESSFUL)
    assert book.drafts[entry_id(1)].refusal is None


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sets(st.integers(0, 5)), st.sampled_from(["A", "B"])),
        st.tuples(st.just("discard"), st.sets(st.integers(0, 5)), st.just("")),
        st.tuples(st.just("undo"), st.just(set()), st.just("")),
        st.tuples(st.just("redo"), st.just(set()), st.just("")),
    ),
    max_size=12,
)


def acted(book: DraftBook, act: tuple[str, set[int], str]) -> DraftBook:
    name, numbers, reason = act
    match name:
        case "put":
            return book.put([a_failure(number, reason) for number in numbers], MARK_FAILED)
        case "discard":
            return book.discard([entry_id(number) for number in numbers])
        case "undo":
            return book.undo()
        case _:
            return book.redo()


@given(acts=ACTS)
def test_undoing_every_act_leads_to_the_beginning_and_doing_all_again_back(acts):
    book = DraftBook()
    for act in acts:
        book = acted(book, act)
    back = book
    while back.undo_name:
        back = back.undo()
    assert back.drafts == {}
    while back.redo_name:
        back = back.redo()
    assert all(back.drafts.get(entry) == draft for entry, draft in book.drafts.items() if not book.redo_name)


@given(acts=ACTS)
def test_the_changes_between_two_books_are_all_that_has_to_be_written(acts):
    book, disk = DraftBook(), {}
    for act in acts:
        after = acted(book, act)
        for entry, draft in changes_between(book.drafts, after.drafts).items():
            if draft is None:
                del disk[entry]
            else:
                disk[entry] = draft
        book = after
    assert disk == book.drafts


@given(acts=ACTS, gone=st.sets(st.integers(0, 5)))
def test_items_that_pleo_has_are_in_no_book_that_can_be_reached_from_here(acts, gone):
    book = DraftBook()
    for act in acts:
        book = acted(book, act)
    ids = {entry_id(number) for number in gone}
    book = book.without(ids)
    reached = [book]
    while reached[-1].undo_name:
        reached.append(reached[-1].undo())
    while reached[-1].redo_name:
        reached.append(reached[-1].redo())
    assert not any(ids & set(each.drafts) for each in reached)
