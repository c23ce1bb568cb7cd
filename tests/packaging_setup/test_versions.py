"""One version, wherever it stands; and what installers say that the program says too."""

import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from argparse import _SubParsersAction
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PACKAGING = ROOT / "packaging"


@pytest.fixture(scope="module")
def packaging():
    sys.path.insert(0, str(PACKAGING))
    names = ("freezing.facts", "freezing.mac", "release_facts")
    found = {name.rpartition(".")[2]: importlib.import_module(name) for name in names}
    sys.path.remove(str(PACKAGING))
    yield type("Packaging", (), found)
    for name in [name for name in sys.modules if name.split(".")[0] in ("freezing", "release_facts")]:
        del sys.modules[name]


def text(name: str) -> str:
    return (PACKAGING / name).read_text(encoding="utf-8")


def test_the_program_the_changelog_and_the_installers_say_the_same_version(packaging):
    facts = packaging.facts
    assert facts.version() == VERSION == version("signoff")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## [{VERSION}]" in changelog:
        assert "- " in facts.notes_of(VERSION, changelog)
    else:  # until its release the version is what the first paragraph says
        assert f"will be {VERSION}." in facts.notes_of("Unreleased", changelog).partition("\n\n")[0]
    assert packaging.mac.information(VERSION)["CFBundleShortVersionString"] == VERSION
    control = facts.filled(text("linux/control.in"), ARCHITECTURE="amd64", KILOBYTES="1", GLIBC="2.36")
    assert f"\nVersion: {VERSION}\n" in control
    metainfo = facts.filled(text("linux/signoff.metainfo.xml.in"), DATE="2026-11-30")
    assert f'<release version="{VERSION}" date="2026-11-30"/>' in metainfo
    assert f'"Signoff {VERSION}"' in facts.filled(text("linux/signoff.1.in"), DATE="2026-11-30")
    msi = facts.filled(text("windows/signoff.wxs.in"), UPGRADE="u", ICON="i", FILES="", COMPONENTS="")
    assert f'Version="{VERSION}"' in msi


@pytest.mark.parametrize("name", ["signoff.spec", "windows/installer.nsi", "windows/build.py", "linux/build.py"])
def test_no_recipe_has_a_version_of_its_own(name):
    assert VERSION not in re.sub(r"(?m)^\s*[;#].*$", "", text(name))


def test_a_version_that_windows_could_not_carry_and_a_changelog_without_it_are_refused(packaging):
    with pytest.raises(ValueError, match="three numbers"):
        packaging.facts.version_in('version = "1.2.0.dev1"\n')
    with pytest.raises(ValueError, match="no part about"):
        packaging.facts.notes_of("9.9.9", "## 1.0.0\n- x\n")
    with pytest.raises(ValueError, match="@NOBODY@"):
        packaging.facts.filled("@NOBODY@")


def test_the_task_bar_knows_the_program_by_the_name_of_its_shortcut(packaging):
    from ui.startup.program import APP_USER_MODEL_ID

    assert packaging.facts.IDENTIFIER == APP_USER_MODEL_ID
    assert '"IDENTIFIER": facts.IDENTIFIER' in text("windows/build.py")


def test_a_build_looks_for_new_versions_only_with_address_key_and_page(packaging, tmp_path):
    whole = {
        "UPDATE_ADDRESS": "https://a.example/v.json",
        "UPDATE_PUBLIC_KEY": "AA==",
        "UPDATE_PAGE": "https://a.example",
    }
    written = tomllib.loads(packaging.release_facts.update_check(whole))
    assert written == {"address": "https://a.example/v.json", "public_key": "AA==", "page": "https://a.example"}
    assert packaging.release_facts.update_check({}) == ""
    for broken in (whole | {"UPDATE_PAGE": ""}, whole | {"UPDATE_PAGE": "http://a"}, whole | {"UPDATE_PAGE": 'a"'}):
        with pytest.raises(ValueError, match="UPDATE_"):
            packaging.release_facts.update_check(broken)


def test_the_wheel_and_the_checkout_carry_no_address_to_look_at():
    assert not (ROOT / "resources" / "update_check.toml").exists()


def test_the_manual_page_names_every_command_that_help_lists():
    from app.cli import arguments

    seen = []

    class Spy(_SubParsersAction):
        def add_parser(self, name, **named):
            if "help" in named:
                seen.append(name)
            return super().add_parser(name, **named)

    parser = arguments.argparse.ArgumentParser
    made = parser.add_subparsers
    parser.add_subparsers = lambda self, **named: made(self, **named | {"action": Spy})
    try:
        arguments.parsed([], tuple)
    finally:
        parser.add_subparsers = made
    manual = text("linux/signoff.1.in").replace("\\-", "-")
    assert len(seen) >= 9
    assert [name for name in seen if not re.search(rf"(?m)^\.BI? {name}\b", manual)] == []


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="no appstreamcli here")
def test_the_metainfo_is_valid(packaging, tmp_path):
    file = tmp_path / f"{packaging.facts.IDENTIFIER}.metainfo.xml"
    filled = packaging.facts.filled(text("linux/signoff.metainfo.xml.in"), DATE="2026-11-30")
    file.write_text(filled, encoding="utf-8")
    said = subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--explain", file], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="no mandoc here")
def test_the_manual_page_has_no_mistake(packaging, tmp_path):
    file = tmp_path / "signoff.1"
    file.write_text(packaging.facts.filled(text("linux/signoff.1.in"), DATE="2026-11-30"), encoding="utf-8")
    said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", file], capture_output=True, text=True, check=False)
    assert said.stdout == ""
