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


def record(checkout: Path, *wishes: str) -> subprocess.CompletedProcess[str]:
    script = checkout / "packaging" / "proofs" / "record.sh"
    return subprocess.run(["sh", script, *wishes], check=False, capture_output=True, text=True, timeout=60)


def holds(checkout: Path, name: str) -> bool:
    return record(checkout, "holds", name).returncode == 0


def prove(checkout: Path, name: str) -> None:
    record(checkout, "write", name, record(checkout, "state").stdout.strip()).check_returncode()


def test_a_proof_holds_for_what_it_was_brought_for_and_for_nothing_else(checkout: Path) -> None:
    assert not holds(checkout, "debian")
    prove(checkout, "debian")
    assert holds(checkout, "debian")
    assert not holds(checkout, "wine")
    prove(checkout, "wine")
    assert holds(checkout, "debian")
    assert holds(checkout, "wine")


@pytest.mark.parametrize(
    "file", ["packaging/windows/installer.nsi", "packaging/proofs/debian.sh", "requirements/package.txt"]
)
def test_a_changed_recipe_is_not_proved(checkout: Path, file: str) -> None:
    prove(checkout, "debian")
    with (checkout / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert not holds(checkout, "debian")
    prove(checkout, "debian")
    assert (checkout / "packaging/proofs/proved.txt").read_text(encoding="utf-8").count("debian ") == 1


def test_words_about_the_packages_change_nothing(checkout: Path) -> None:
    prove(checkout, "debian")
    (checkout / "packaging" / "RELEASING.md").write_text("Otherwise.", encoding="utf-8")
    assert holds(checkout, "debian")
