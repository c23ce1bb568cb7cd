"""All settings as one file: nothing secret in it, and what it would change is said before it does."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import SettingsProblem
from app.settings.connections import ColourMark, Connection, ConnectionsFile, Environment
from app.settings.exchange import Bundle, bundle_in, plan_import, read_bundle, write_bundle, write_settings
from app.settings.preferences import Preferences
from app.settings.views import View, Views, ViewsFile

ACME, BETA = (
    Connection(name=name, environment=Environment.OTHER, base_url="https://pleo.example", colour=ColourMark.TEAL)
    for name in ("Acme", "Beta")
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
        "Colours: dark (until now: system).",
        "Minutes of warning before a job expires: 30, 10 (until now: 15, 5).",
        "Icon in the tray: on (until now: off).",
        "The connection Acme is changed. Its key has to be entered anew.",
        "The connection Beta is added. Its key has to be entered.",
        "The saved view Failed ones is replaced.",
        "The saved view Mine is added.",
        "The mappings of posting lists are replaced.",
        "The wordings of failures are added.",
    )


def test_nothing_that_is_here_is_removed():
    here = Bundle(connections=(ACME,), views=VIEWS, others={"wordings.json": 1})
    plan = plan_import(here, Bundle(connections=(BETA,)))
    assert plan.result == replace(here, connections=(ACME, BETA))


def test_a_connection_whose_name_is_taken_by_another_gets_a_number():
    other = replace(BETA, name="acme")
    plan = plan_import(Bundle(connections=(ACME,)), Bundle(connections=(other,)))
    assert [each.name for each in plan.result.connections] == ["Acme", "acme (2)"]
    assert "It is called acme (2), since the name is taken." in plan.changes[0]


def test_a_key_that_stays_good_need_not_be_entered_anew():
    (said,) = changes(Bundle(connections=(ACME,)), Bundle(connections=(replace(ACME, name="Acme AB"),)))
    assert said == "The connection Acme is changed."


def test_an_import_says_that_it_turns_four_eyes_off_or_on():
    strict = replace(ACME, four_eyes=True)
    assert changes(Bundle(connections=(strict,)), Bundle(connections=(ACME,))) == (
        "The connection Acme is changed. Four eyes: off.",
    )
    assert changes(Bundle(connections=(ACME,)), Bundle(connections=(strict,))) == (
        "The connection Acme is changed. Four eyes: on.",
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
