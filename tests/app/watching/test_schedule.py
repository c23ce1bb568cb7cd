from dataclasses import replace

import pytest
from fakes.pleo import declined, unreachable
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ServerWords, TooManyRequests
from app.watching.schedule import (
    PollingConditions,
    Trouble,
    Watching,
    has_slept,
    pause_of_list,
    pause_of_open_job,
)

USUAL = Watching()
PLAIN = PollingConditions()


@given(chance=st.floats(0, 1))
def test_the_list_is_read_every_three_minutes_give_or_take_a_tenth(chance):
    assert abs(pause_of_list(USUAL, PLAIN, chance) - 180) < 18.001


def test_chance_spreads_the_reads_of_many_connections():
    assert pause_of_list(USUAL, PLAIN, 0) < pause_of_list(USUAL, PLAIN, 0.5) < pause_of_list(USUAL, PLAIN, 1)


@pytest.mark.parametrize("slow", [PollingConditions(on_battery=True), PollingConditions(is_hidden=True)])
def test_on_battery_and_out_of_sight_it_takes_twice_as_long(slow):
    assert pause_of_list(USUAL, slow, 0.5) == 360
    assert pause_of_open_job(USUAL, slow, 0, 0.5) == 20


def test_offline_nothing_is_asked_until_the_network_is_back():
    assert pause_of_list(USUAL, PollingConditions(is_online=False), 0.5) is None


def test_where_the_machine_knows_nothing_of_its_network_it_is_asked_as_usual():
    assert pause_of_list(USUAL, PollingConditions(is_online=None), 0.5) == 180


def test_what_never_reached_pleo_is_tried_again_soon_and_never_later_than_usual():
    pauses = [pause_of_list(USUAL, PLAIN, 0.5, Trouble(unreachable(), times)) for times in (1, 2, 3, 4, 5, 500)]
    assert pauses == [15, 30, 60, 120, 180, 180]


def test_what_pleo_refuses_is_asked_less_and_less_and_at_least_every_half_hour():
    pauses = [pause_of_list(USUAL, PLAIN, 0.5, Trouble(declined(401), times)) for times in (1, 2, 3, 4, 5, 500)]
    assert pauses == [180, 360, 720, 1440, 1800, 1800]


def test_pleos_own_wish_for_a_pause_is_kept():
    busy = TooManyRequests("Too many requests", ServerWords(429), retry_after=900)
    assert pause_of_list(USUAL, PLAIN, 0.5, Trouble(busy)) == 900


def test_a_pause_that_the_user_wants_longer_than_the_bound_stays_as_long():
    hourly = replace(USUAL, job_list=3600)
    assert pause_of_list(hourly, PLAIN, 0.5, Trouble(declined(401), 3)) == 3600


def test_a_long_job_is_read_less_often_than_a_short_one():
    assert pause_of_open_job(USUAL, PLAIN, 42, 0.5) < 11
    assert pause_of_open_job(USUAL, PLAIN, 10_000, 0.5) == 70


@pytest.mark.parametrize(("passed", "slept"), [(15, False), (40, False), (80, True), (7200, True), (-3600, False)])
def test_a_clock_that_jumps_ahead_tells_of_sleep(passed, slept):
    assert has_slept(15, passed) is slept
