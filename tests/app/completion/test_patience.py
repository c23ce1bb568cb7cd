"""How long is waited for what: the times of docs/decisions/0038 and 0005, and what they are measured from."""

from datetime import timedelta

import pytest
from fakes.builders import NINE

from app.completion.patience import Patience, pause_before_sending_again
from app.errors import PleoProblem, Refused, ServerWords


def too_many_requests(retry_after: float | None) -> Refused:
    return Refused("Pleo asks for fewer requests", ServerWords(429), retry_after=retry_after)


def test_silence_is_read_into_six_times_with_pauses_that_double():
    assert Patience().reads == (0, 0.5, 1, 2, 4, 8)
    assert Patience().seconds == 15.5


def test_two_minutes_after_the_send_a_read_proves_that_nothing_arrived():
    assert Patience().settle_seconds == 120


def test_a_quarter_of_an_hour_after_the_send_a_person_may_release_what_is_unknown():
    assert Patience().release_seconds == 15 * 60


def test_what_never_arrived_leaves_three_times_in_all_a_second_apart():
    assert (Patience().sends, Patience().between_sends) == (3, 1)


def test_reads_that_last_shorter_or_longer_keep_their_number_and_proportions():
    assert Patience(reads=(0, 1, 3)).lasting(2).reads == (0, 0.5, 1.5)
    assert Patience().lasting(31).seconds == pytest.approx(31)


@pytest.mark.parametrize(("seconds", "is_over"), [(119.999, False), (120, True), (121, True)])
def test_the_wait_is_over_to_the_second_once_the_stated_time_has_passed(seconds, is_over):
    assert Patience().is_waited_out(NINE, NINE + timedelta(seconds=seconds)) is is_over


@pytest.mark.parametrize(("seconds", "is_over"), [(14.9, False), (15.5, True)])
def test_the_wait_is_never_over_before_the_reads_into_the_silence_are(seconds, is_over):
    assert Patience(settle_seconds=1).is_waited_out(NINE, NINE + timedelta(seconds=seconds)) is is_over


def test_a_clock_that_was_set_back_only_makes_the_wait_longer():
    assert not Patience().is_waited_out(NINE, NINE - timedelta(hours=1))


def test_where_nobody_knows_when_it_left_no_wait_is_ever_over():
    assert not Patience().is_waited_out(None, NINE + timedelta(days=365))


@pytest.mark.parametrize("problem", [None, PleoProblem("Pleo cannot be reached"), too_many_requests(None)])
def test_where_pleo_names_no_time_the_next_send_is_a_second_later(problem):
    assert pause_before_sending_again(problem, Patience()) == 1


@pytest.mark.parametrize(("wished", "pause"), [(0, 0), (12, 12), (30, 30), (30.5, None), (600, None)])
def test_pleos_own_wish_is_followed_up_to_half_a_minute(wished, pause):
    assert pause_before_sending_again(too_many_requests(wished), Patience()) == pause
