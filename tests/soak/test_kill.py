"""Fifty kills spread over the life of a completion; `make soak` does five hundred."""

import os
from pathlib import Path

import pytest
from soak.kill import run_trials

TRIALS = 50


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_completion_that_is_killed_anywhere_ends_in_exactly_one_final_event(tmp_path: Path):
    tally = run_trials(TRIALS, tmp_path)
    assert [trial for trial in tally.trials if trial.faults] == []
    assert len(tally.trials) == TRIALS
    # The window between the send and the answer is the one that matters most, so it must have been hit.
    assert tally.phases["sent"] >= 5
    assert tally.phases["before intent"] >= 5
    assert len(tally.phases) >= 4
