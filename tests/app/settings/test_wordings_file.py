"""Reasons of one's own are remembered for each connection, the last used first."""

import pytest

from app.errors import SettingsProblem
from app.models.vocabulary import FailureType
from app.settings.connections import ConnectionId
from app.settings.failure_wordings import OwnWordings, WordingsFile

ACCOUNT, TAG = FailureType("account_unknown"), FailureType("tag_unknown")


def file_of(folder, name: str = "acme") -> WordingsFile:
    return WordingsFile(folder, ConnectionId(name))


def test_the_last_used_stands_first_and_each_stands_once():
    own = OwnWordings().used(ACCOUNT, "one").used(ACCOUNT, "two").used(ACCOUNT, "one").used(TAG, "three")
    assert own.of(ACCOUNT) == ("one", "two")
    assert own.of(TAG) == ("three",)
    assert own.of(FailureType("other")) == ()
    assert own.without(ACCOUNT, "one").of(ACCOUNT) == ("two",)


def test_no_more_are_kept_than_a_list_can_show():
    own = OwnWordings()
    for number in range(50):
        own = own.used(ACCOUNT, str(number))
    assert len(own.of(ACCOUNT)) == 20
    assert own.of(ACCOUNT)[0] == "49"


def test_they_survive_a_restart_for_their_connection_alone(tmp_path):
    acme, beta = OwnWordings().used(ACCOUNT, "Konto »4980« saknas").said_by("Ann"), OwnWordings().said_by("Bo")
    file_of(tmp_path).write(acme)
    file_of(tmp_path, "beta").write(beta)
    assert file_of(tmp_path).read() == (acme, None)
    assert file_of(tmp_path, "beta").read() == (beta, None)
    assert file_of(tmp_path, "gamma").read() == (OwnWordings(), None)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"acme": {"more": 1}}'])
def test_a_damaged_file_is_kept_aside_and_said(tmp_path, damage):
    (tmp_path / "wordings.json").write_bytes(damage)
    own, problem = file_of(tmp_path).read()
    assert own == OwnWordings()
    assert isinstance(problem, SettingsProblem)
    assert (tmp_path / "wordings.damaged.json").read_bytes() == damage
    file_of(tmp_path).write(OwnWordings().said_by("Ann"))
    assert file_of(tmp_path).read()[1] is None


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "wordings.json").mkdir()
    own, problem = file_of(tmp_path).read()
    assert own == OwnWordings()
    assert problem
    assert "cannot be read" in problem.title
