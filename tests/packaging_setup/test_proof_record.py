"""What was proved of the packages last, and for which state of their recipes."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the record is made of, without what it holds today."""
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging", ignore=shutil.ignore_patterns("proved.txt"))
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "package.txt", tmp_path / "requirements")
    return tmp_path


def record(checkout: Path, wish: str, name: str) -> bool:
    script = checkout / "packaging" / "proofs" / "record.sh"
    return subprocess.run(["sh", script, wish, name], check=False, timeout=60).returncode == 0


def test_a_proof_holds_for_what_it_was_brought_for_and_for_nothing_else(checkout: Path) -> None:
    assert not record(checkout, "holds", "debian")
    assert record(checkout, "write", "debian")
    assert record(checkout, "holds", "debian")
    assert not record(checkout, "holds", "wine")
    assert record(checkout, "write", "wine")
    assert record(checkout, "holds", "debian")
    assert record(checkout, "holds", "wine")


@pytest.mark.parametrize(
    "file", ["packaging/windows/installer.nsi", "packaging/proofs/debian.sh", "requirements/package.txt"]
)
def test_a_changed_recipe_is_not_proved(checkout: Path, file: str) -> None:
    assert record(checkout, "write", "debian")
    with (checkout / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert not record(checkout, "holds", "debian")
    assert record(checkout, "write", "debian")
    assert (checkout / "packaging/proofs/proved.txt").read_text(encoding="utf-8").count("debian ") == 1


def test_words_about_the_packages_change_nothing(checkout: Path) -> None:
    assert record(checkout, "write", "debian")
    (checkout / "packaging" / "RELEASING.md").write_text("Otherwise.", encoding="utf-8")
    assert record(checkout, "holds", "debian")
