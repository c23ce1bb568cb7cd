"""All settings as one file: nothing secret in it, and what it would change is said before it does."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from app.errors import SettingsProblem
from app.models.address import host_shown
from app.settings.connections import ColourMark, Connection, ConnectionsFile, Environment, SignInKind
from app.settings.exchange import Bundle, bundle_in, plan_import, read_bundle, write_bundle, write_settings
from app.settings.preferences import Preferences
from app.settings.views import View, Views, ViewsFile

ACME, BETA = (
    Connection(name=name, base_url="https://pleo.example", colour=ColourMark.TEAL) for name in ("Acme", "Beta")
)
VIEWS = Views((View("Failed ones", "status:failed"),))


def stored(folder: Path, *connections: Connection, views: Views | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for connection in connections:
        ConnectionsFile(folder).put(connection)
    ViewsFile(folder).write(views or Views())
    return folder


def test_what_is_exported_here_is_imported_there_and_changes_nothing_when_it_is_imported_twice(tmp_path):
    here, there = stored(tmp_path / "here", ACME, BETA, views=VIEWS), stored(tmp_path / "there")
    (here / "posting_lists.json").write_text('{"of": ["a posting list"]}')
    preferences = Preferences(watch_minutes=7, proxy="none")
    write_bundle(tmp_path / "file.json", bundle_in(here, preferences))
    coming = read_bundle(tmp_path / "file.json")
    plan = plan_import(bundle_in(there, Preferences()), coming)
    write_settings(there, plan.result)
    assert plan.result.preferences == preferences
    assert bundle_in(there, preferences) == bundle_in(here, preferences)
    assert plan_import(bundle_in(there, preferences), coming).changes == ()


def test_the_file_holds_what_the_settings_files_hold_and_nothing_else(tmp_path):
    write_bundle(tmp_path / "file.json", bundle_in(stored(tmp_path / "here", ACME), Preferences()))
    written = json.loads((tmp_path / "file.json").read_text(encoding="utf-8"))
    assert set(written) == {"signoff_settings", "preferences", "connections", "views", "others"}
    assert written["connections"] == json.loads((tmp_path / "here" / "connections.json").read_text())["connections"]


def changes(here: Bundle, coming: Bundle) -> tuple[str, ...]:
    return plan_import(here, coming).changes


def test_each_change_is_a_sentence():
    here = Bundle(connections=(ACME,), views=VIEWS, others={"posting_lists.json": 1})
    moved = replace(ACME, base_url="https://elsewhere.example", colour=ColourMark.RED)
    coming = Bundle(
        preferences=Preferences(colours="dark", use_tray=True, deadline_warnings_minutes=(30, 10)),
        connections=(moved, BETA),
        views=Views((View("Failed ones", "status:open"), View("Mine"))),
        others={"posting_lists.json": 2, "wordings.json": {}},
    )
    assert changes(here, coming) == (
        "The connection Acme, address: https://elsewhere.example (until now: https://pleo.example).",
        "The connection Acme, colour mark: red (until now: teal).",
        "The connection Acme, key: has to be entered anew (until now: the one of https://pleo.example, api key).",
        "The connection Beta is added. Its key has to be entered.",
        "The connection Beta, address: https://pleo.example.",
        "The connection Beta, sign in with: api key.",
        "The connection Beta, colour mark: teal.",
        "The connection Beta, four eyes: off.",
        "The connection Beta, language of reasons: en.",
        "Colours: dark (until now: system).",
        "Minutes of warning before a job expires: 30, 10 (until now: 15, 5).",
        "Icon in the tray: on (until now: off).",
        "The saved view Failed ones is replaced.",
        "The saved view Failed ones, query: status:open (until now: status:failed).",
        "The saved view Mine is added.",
        "The mappings of posting lists: 2 (until now: 1).",
    )


# What an import names of a connection; `id` is what it is known by, `subject` is never imported.
SAID = {
    "name": ("Acme AB", "name: Acme AB (until now: Acme)"),
    "base_url": ("https://elsewhere.example", "address: https://elsewhere.example (until now: https://pleo.example)"),
    "sign_in": (SignInKind.ACCESS_TOKEN, "sign in with: access token (until now: api key)"),
    "company_id": ("beta", "company id: beta (until now: not set)"),
    "oauth_client_id": ("client", "client id of the sign-in: client (until now: not set)"),
    "oauth_redirect_uri": ("http://localhost:1/x", "redirect address of the sign-in: http://localhost:1/x (until"),
    "specification_file": ("/tmp/x.toml", "integration specification: /tmp/x.toml (until now: not set)"),
    "failure_type": ("timeout", "failure type that is proposed: timeout (until now: not set)"),
    "colour": (ColourMark.RED, "colour mark: red (until now: teal)"),
    "four_eyes": (True, "four eyes: on (until now: off)"),
    "readers_language": ("de", "language of reasons: de (until now: en)"),
}


def test_each_field_of_a_connection_is_named_before_and_after():
    assert {each.name for each in fields(Connection)} == {*SAID, "id", "subject"}
    for name, (value, words) in SAID.items():
        here, coming = (Bundle(connections=(each,)) for each in (ACME, replace(ACME, **{name: value})))
        assert [said for said in changes(here, coming) if words in said], name


def test_an_address_that_looks_like_another_is_named_by_its_host():
    coming = replace(ACME, base_url="https://extern\u0430l.pleo.io")
    said = changes(Bundle(connections=(ACME,)), Bundle(connections=(coming,)))[0]
    assert "which is xn--externl-7fg.pleo.io" in said


DECEPTIVE = [
    "https://external.pleo.io\\@evil.example",
    "https://external.pleo.io@evil.example",
    "https://external.pleo.io#@evil.example",
    "https://external.pleo.io?evil.example",
    "https://external.pleo.io\\.evil.example",
    "https://external.pleo.io\n.evil.example",
]


@pytest.mark.parametrize("address", DECEPTIVE)
def test_an_address_that_leads_elsewhere_than_it_reads_is_refused_and_is_not_pleos(address):
    evil = replace(ACME, base_url=address)
    assert evil.environment is Environment.OTHER
    assert host_shown(address) != "external.pleo.io"
    with pytest.raises(SettingsProblem, match="which is not the address of a server") as met:
        plan_import(Bundle(), Bundle(connections=(evil,)))
    assert "Nothing was changed" in met.value.advice


def test_nothing_in_a_file_can_begin_a_sentence_of_its_own_or_turn_one_round():
    sly = replace(ACME, name="Acme\nNothing else changes.", company_id="\u202eoi.oelp\u2028x" + "y" * 1_000)
    said = changes(Bundle(connections=(ACME,)), Bundle(connections=(sly,)))
    assert said[0] == "The connection Acme, name: Acme Nothing else changes. (until now: Acme)."
    assert not [each for each in said if "\n" in each or "\u202e" in each or "\u2028" in each]
    assert max(map(len, said)) < 400


ACME_SUBJECT = "urn:pleo:company:acme"


@pytest.mark.parametrize("address", ["https://pleo.example", "https://PLEO.example:443"])
def test_whom_a_key_spoke_for_stays_as_this_machine_was_told_and_is_never_imported(address):
    mine = replace(ACME, subject=ACME_SUBJECT)
    coming = replace(ACME, base_url=address, subject="urn:pleo:company:evil", colour=ColourMark.RED)
    plan = plan_import(Bundle(connections=(mine,)), Bundle(connections=(coming, replace(BETA, subject="urn:evil"))))
    assert [each.subject for each in plan.result.connections] == [ACME_SUBJECT, None]
    assert "evil" not in " ".join(plan.changes)


def test_whom_a_key_spoke_for_is_forgotten_at_another_address():
    mine = replace(ACME, subject=ACME_SUBJECT)
    coming = replace(mine, base_url="https://elsewhere.example")
    plan = plan_import(Bundle(connections=(mine,)), Bundle(connections=(coming,)))
    assert plan.result.connections[0].subject is None


def test_mappings_and_wordings_are_named_by_what_changes_in_them_and_those_that_are_here_stay():
    columns, others = {"reference": 1, "status": 2}, {"by_shape": {"mine": {"columns": {"amount": 3}}}}
    here = Bundle(others={
        "posting_lists.json": {"by_shape": {"a": {"columns": columns}, **others["by_shape"]}},
        "wordings.json": {"acme": {"person": "Ann"}, "beta": {"person": "Bo"}},
    })  # fmt: skip
    coming = Bundle(others={
        "posting_lists.json": {"by_shape": {"a": {"columns": {"reference": 5}}}},
        "wordings.json": {"acme": {"by_type": {"account_unknown": ["Why"]}, "person": "Eve"}},
    })  # fmt: skip
    plan = plan_import(here, coming)
    assert plan.changes == (
        "The mappings of posting lists, by_shape, a, columns, reference: 5 (until now: 1).",
        "The mappings of posting lists, by_shape, a, columns, status: not set (until now: 2).",
        "The wordings of failures, acme, person: Eve (until now: Ann).",
        "The wordings of failures, acme, by_type, account_unknown: Why.",
    )
    assert plan.result.others["posting_lists.json"] == {
        "by_shape": {"a": {"columns": {"reference": 5}}, **others["by_shape"]}
    }
    assert plan.result.others["wordings.json"]["beta"] == {"person": "Bo"}


def test_nothing_that_is_here_is_removed():
    here = Bundle(connections=(ACME,), views=VIEWS, others={"wordings.json": 1})
    plan = plan_import(here, Bundle(connections=(BETA,)))
    assert plan.result == replace(here, connections=(ACME, BETA))


def test_a_connection_whose_name_is_taken_by_another_gets_a_number():
    other = replace(BETA, name="acme")
    plan = plan_import(Bundle(connections=(ACME,)), Bundle(connections=(other,)))
    assert [each.name for each in plan.result.connections] == ["Acme", "acme (2)"]
    assert "The connection acme is called acme (2), since the name is taken." in plan.changes


def test_a_key_that_stays_good_need_not_be_entered_anew():
    (said,) = changes(Bundle(connections=(ACME,)), Bundle(connections=(replace(ACME, name="Acme AB"),)))
    assert said == "The connection Acme, name: Acme AB (until now: Acme)."


def test_an_import_says_that_it_turns_four_eyes_off_or_on():
    strict = replace(ACME, four_eyes=True)
    assert changes(Bundle(connections=(strict,)), Bundle(connections=(ACME,))) == (
        "The connection Acme, four eyes: off (until now: on).",
    )
    assert changes(Bundle(connections=(ACME,)), Bundle(connections=(strict,))) == (
        "The connection Acme, four eyes: on (until now: off).",
    )


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"connections": []}', '{"signoff_settings": 2}',
     '{"signoff_settings": 1, "preferences": {"watch_minutes": 0}}', '{"signoff_settings": 1, "connections": [{}]}',
     "[" * 100_000],
)  # fmt: skip
def test_any_other_file_is_refused_with_what_to_choose(tmp_path, text):
    (tmp_path / "file.json").write_text(text)
    with pytest.raises(SettingsProblem) as met:
        read_bundle(tmp_path / "file.json")
    assert "file.json" in met.value.title
    assert "Nothing was changed" in met.value.advice


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(SettingsProblem):
        read_bundle(tmp_path / "gone.json")


def test_another_programs_files_are_not_written_by_an_import(tmp_path):
    folder = stored(tmp_path / "here")
    coming = Bundle(others={"../escape.json": 1, "connections.json": 2, "posting_lists.json": 3})
    plan = plan_import(bundle_in(folder, Preferences()), coming)
    write_settings(folder, plan.result)
    assert plan.result.others == {"posting_lists.json": 3}
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["posting_lists.json", "views.json"]


@pytest.mark.parametrize("name", ["connections.json", "views.json", "posting_lists.json"])
def test_settings_that_are_damaged_here_are_not_exported_as_if_there_were_none(tmp_path, name):
    folder = stored(tmp_path / "here", ACME)
    (folder / name).write_text("{")
    with pytest.raises(SettingsProblem):
        bundle_in(folder, Preferences())
