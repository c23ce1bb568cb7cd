"""What a failed event says."""

import pytest
from fakes.bracketed_language import Bracketed
from fakes.builders import a_failed_item, an_item, items_of, snapshot_of
from hypothesis import given
from hypothesis import strategies as st

from app.completion.derive import derive
from app.completion.failure import FailureTypes, IntegrationSpecification, TypeOrigin, composed_reason
from app.models.vocabulary import DEFAULT_JOB_FAILURE, FailureType


def test_causes_are_named_most_frequent_first_each_with_its_count():
    items = [
        a_failed_item(1, "Period closed"),
        a_failed_item(2, "Account 4980 is inactive"),
        a_failed_item(3, "Account 4980 is inactive"),
    ]
    assert composed_reason(items) == "2 items: Account 4980 is inactive; 1 item: Period closed"


def test_equally_frequent_causes_are_named_in_a_steady_order():
    items = [a_failed_item(1, "b"), a_failed_item(2, "a")]
    assert composed_reason(items) == composed_reason(items[::-1])


def test_a_single_cause_is_the_whole_reason():
    items = [a_failed_item(1, "Connection expired"), a_failed_item(2, "Connection expired")]
    assert composed_reason(items) == "Connection expired"


def test_causes_beyond_the_first_five_are_counted_rather_than_named():
    items = [a_failed_item(number, f"cause {number}") for number in range(8)]
    reason = composed_reason(items)
    assert [f"cause {number}" in reason for number in range(8)] == [True] * 5 + [False] * 3
    assert reason.endswith("; 3 items: 3 other causes")


def test_an_abandoned_item_without_a_reason_says_that_it_was_abandoned():
    assert "abandoned" in composed_reason([an_item(1, "abandoned")]).casefold()


def test_a_failed_item_without_a_reason_is_named_by_its_type():
    assert composed_reason([a_failed_item(1, "  ", "tax_code_unknown")]) == "Tax code unknown"


def test_the_end_of_a_cause_does_not_double_the_signs_between_causes():
    items = [a_failed_item(1, "Period closed."), a_failed_item(2, "Period closed"), a_failed_item(3, "No account;")]
    assert composed_reason(items) == "2 items: Period closed; 1 item: No account"


def test_a_failed_item_without_reason_and_type_still_gives_a_sentence():
    assert composed_reason([a_failed_item(1)])


def test_successful_items_give_no_cause():
    assert composed_reason([an_item(1), a_failed_item(2, "Period closed")]) == "Period closed"


def test_a_reason_of_many_lines_and_any_length_becomes_one_short_line():
    reason = composed_reason([a_failed_item(1, "Fehler:\n\tKonto gesperrt " + "x" * 5_000)])
    assert reason.startswith("Fehler: Konto gesperrt xxx")
    assert reason.endswith("…")
    assert len(reason) == 300


@given(st.lists(st.tuples(st.sampled_from(("failed", "abandoned")), st.none() | st.text(max_size=8)), min_size=1))
def test_every_failed_job_gets_a_reason_that_is_not_blank(rows):
    items = [an_item(number, status, failure_reason=text) for number, (status, text) in enumerate(rows)]
    assert composed_reason(items).strip()


def test_without_a_specification_the_type_is_the_guides_default():
    assert IntegrationSpecification().job_type_for(items_of("failed")) == "accounting_system_validation_failure"


def test_a_specification_sets_the_default():
    specification = IntegrationSpecification("integration_unusable")
    assert specification.job_type_for([a_failed_item(1, kind="vendor_unknown")]) == "integration_unusable"


def test_a_specification_maps_the_items_type_to_the_jobs():
    specification = IntegrationSpecification(job_types={"accounting_system_timeout": "service_timeout"})
    items = [a_failed_item(1, kind="accounting_system_timeout"), a_failed_item(2, kind="accounting_system_timeout")]
    assert specification.job_type_for(items) == "service_timeout"


def test_types_that_map_to_the_same_job_type_agree():
    specification = IntegrationSpecification(job_types={"a": "invalid_configuration", "b": "invalid_configuration"})
    assert specification.job_type_for([a_failed_item(1, kind="a"), a_failed_item(2, kind="b")]) == (
        "invalid_configuration"
    )


def test_types_that_map_to_several_job_types_give_the_default():
    specification = IntegrationSpecification("validation_failure", {"a": "service_timeout", "b": "job_expired"})
    assert specification.job_type_for([a_failed_item(1, kind="a"), a_failed_item(2, kind="b")]) == "validation_failure"


def test_an_item_without_a_type_counts_as_the_default():
    specification = IntegrationSpecification("validation_failure", {"a": "service_timeout"})
    assert specification.job_type_for([a_failed_item(1, kind="a"), a_failed_item(2)]) == "validation_failure"


def test_abandoned_items_do_not_hide_what_the_failed_ones_have_in_common():
    specification = IntegrationSpecification(job_types={"a": "service_timeout"})
    assert specification.job_type_for([a_failed_item(1, kind="a"), an_item(2, "abandoned")]) == "service_timeout"


def test_a_job_of_abandoned_items_alone_has_the_default_type():
    specification = IntegrationSpecification("service_unreachable", {"a": "service_timeout"})
    assert specification.job_type_for([an_item(1, "abandoned")]) == "service_unreachable"


def test_the_derived_event_carries_the_type_of_the_specification():
    specification = IntegrationSpecification(job_types={"account_unknown": "missing_configuration"})
    found = derive(snapshot_of([a_failed_item(1, "No account 4980", "account_unknown")]), specification)
    assert found.event.as_dict()["failureReasonType"] == "missing_configuration"
    assert found.event.as_dict()["failureReason"] == "No account 4980"


def test_a_reason_is_in_its_readers_language_but_for_what_others_said():
    items = [a_failed_item(1, "Konto 4980 saknas"), a_failed_item(2, "Konto 4980 saknas"), an_item(3, "abandoned")]
    assert composed_reason(items) == "2 items: Konto 4980 saknas; 1 item: Abandoned before it was processed"
    assert composed_reason(items, Bracketed()) == (
        "⟦2 items: Konto 4980 saknas⟧; ⟦1 item: ⟦Abandoned before it was processed⟧⟧"
    )
    assert composed_reason(items[:2], Bracketed()) == "Konto 4980 saknas"


def test_a_failed_event_carries_the_reason_in_the_language_of_the_specification():
    items = [a_failed_item(1, "Konto saknas"), an_item(2, "abandoned")]
    preview = derive(snapshot_of(items), IntegrationSpecification(language=Bracketed()))
    assert preview.event.failure_reason == composed_reason(items, Bracketed())


AUTHENTICATION = FailureType("accounting_system_authentication_failure")
ACCOUNT = FailureType("account_unknown")


@pytest.mark.parametrize(
    ("kinds", "proposed"),
    [
        ([AUTHENTICATION, AUTHENTICATION, ACCOUNT], AUTHENTICATION),
        ([ACCOUNT, ACCOUNT, AUTHENTICATION], None),  # no type of a job
        ([ACCOUNT, AUTHENTICATION], None),  # as many say something else
        ([None, None, AUTHENTICATION], None),
        ([FailureType("job_expired")], None),  # only Pleo itself ends a job with it
        ([], None),
    ],
)
def test_the_type_that_most_failed_items_say_is_proposed_where_a_job_may_carry_it(kinds, proposed):
    items = [a_failed_item(number, "x", kind) for number, kind in enumerate(kinds)]
    types = IntegrationSpecification().types_for(items)
    assert (types.proposed, types.derived) == (proposed, DEFAULT_JOB_FAILURE)


def test_a_map_of_the_connection_says_what_an_items_type_is_for_a_job():
    specification = IntegrationSpecification(job_types={ACCOUNT: FailureType("own_type")})
    types = specification.types_for([a_failed_item(1, "x", ACCOUNT)])
    assert (types.derived, types.proposed) == ("own_type", "own_type")
    assert types.origin_of(FailureType("own_type")) is TypeOrigin.MOST_FREQUENT


def test_where_a_type_comes_from_is_told_from_the_type_alone():
    types = FailureTypes(DEFAULT_JOB_FAILURE, FailureType("mapped"), AUTHENTICATION)
    told = {
        DEFAULT_JOB_FAILURE: TypeOrigin.DEFAULT,
        FailureType("mapped"): TypeOrigin.MAPPED,
        AUTHENTICATION: TypeOrigin.MOST_FREQUENT,
        ACCOUNT: TypeOrigin.CHOSEN,
        None: TypeOrigin.CHOSEN,
    }
    assert {kind: types.origin_of(kind) for kind in told} == told
