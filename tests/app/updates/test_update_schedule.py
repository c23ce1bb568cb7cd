from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.updates.schedule import LookingState, may_look, wants_to_ask_user

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
YES = LookingState(is_there=True, is_forbidden=False, answer=True, starts=5)


def test_the_user_is_asked_at_the_second_start_once():
    new = replace(YES, answer=None, starts=1)
    assert not wants_to_ask_user(new)
    assert wants_to_ask_user(replace(new, starts=2))
    assert wants_to_ask_user(replace(new, starts=3))
    assert not wants_to_ask_user(replace(new, starts=2, answer=False))
    assert not wants_to_ask_user(replace(new, starts=2, is_forbidden=True))
    assert not wants_to_ask_user(replace(new, starts=2, is_there=False))


@pytest.mark.parametrize(
    ("state", "is_sending", "may"),
    [
        (YES, False, True),
        (YES, True, False),
        (replace(YES, answer=None), False, False),
        (replace(YES, answer=False), False, False),
        (replace(YES, is_forbidden=True), False, False),
        (replace(YES, is_there=False), False, False),
        (replace(YES, looked_at=NOW - timedelta(hours=23)), False, False),
        (replace(YES, looked_at=NOW - timedelta(hours=24)), False, True),
        (replace(YES, looked_at=NOW + timedelta(hours=1)), False, False),
        (replace(YES, looked_at=NOW + timedelta(days=400)), False, True),
    ],
)
def test_it_is_looked_once_a_day_where_all_agree_and_nothing_is_being_sent(state, is_sending, may):
    assert may_look(state, NOW, is_sending=is_sending) is may
