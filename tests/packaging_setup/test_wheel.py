"""The wheel: one name in site-packages, the same bytes each time, and a program that no folder can lead astray."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from fakes.running_sandbox import RunningSandbox

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
NOT_READY = 3
# What would stop whoever imports it.
TRAP = "raise SystemExit('a module of the current folder was run')\n"


def built(source: Path, kind: str, into: Path) -> Path:
    subprocess.run(
        [sys.executable, "-P", "-m", "hatchling", "build", "--target", kind, "--directory", into],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=60,
    )
    (made,) = into.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the source distribution holds, unpacked."""
    folder = tmp_path_factory.mktemp("sources")
    with tarfile.open(built(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))) as archive:
        # The argument of that name came with 3.11.4; where there is none yet, the archive of our own is trusted.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
        archive.extractall(folder)
    (unpacked,) = folder.iterdir()
    return unpacked


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands in an environment of its own, which borrows the libraries of this one."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=sys.platform != "win32")
    python = environment / SCRIPTS / "python"
    subprocess.run(
        [
            *(sys.executable, "-P", "-m", "pip", f"--python={python}", "--disable-pip-version-check", "--quiet"),
            *("install", "--no-deps", "--no-index", wheel),
        ],
        check=True,
        timeout=60,
    )
    # A line of such a file is a folder whose own .pth files count for nothing, so this checkout is not reached by it.
    site = sysconfig.get_path("purelib", "venv", {"base": str(environment)})
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / SCRIPTS


@pytest.fixture
def misleading(tmp_path: Path) -> Path:
    """A folder with an `app` and a `resources` of its own, and with a file that is called like one of Python's."""
    folder = tmp_path / "project"
    for name in ("app", "ui", "signoff", "resources"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(TRAP, encoding="utf-8")
    for name in ("struct", "tempfile"):
        (folder / f"{name}.py").write_text(TRAP, encoding="utf-8")
    return folder


def run(folder: Path, *command: str | Path, expected: int = 0, **environment: str) -> str:
    """What the command says on standard output, started in that folder with nothing set but what is given."""
    kept = {
        "PATH",
        "HOME",
        "TMPDIR",
        "LC_ALL",
        "SYSTEMROOT",
        "USERPROFILE",
        "QT_QPA_PLATFORM",
        "PYTHON_KEYRING_BACKEND",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name in kept} | environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == expected, done.stderr
    return done.stdout


def test_the_wheel_takes_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"signoff", f"{wheel.name.rsplit('-', 3)[0]}.dist-info"}
    assert {name.split("/")[1] for name in names if name.startswith("signoff/")} == {
        *("__init__.py", "__main__.py", "app", "resources", "ui")
    }


def test_neither_the_wheel_nor_the_sources_carry_the_pictures(wheel: Path, sources: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")] == []
    assert not (sources / "resources" / "pictures").exists()


def test_a_wheel_is_the_same_bytes_whenever_and_wherever_it_is_built(
    wheel: Path, sources: Path, tmp_path: Path
) -> None:
    again = built(ROOT, "wheel", tmp_path / "again")
    elsewhere = built(sources, "wheel", tmp_path / "elsewhere")
    assert again.name == elsewhere.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()
    assert elsewhere.read_bytes() == wheel.read_bytes()


def test_the_installed_program_does_the_main_job_from_a_folder_that_misleads(
    installed: Path, misleading: Path, tmp_path: Path
) -> None:
    said = run(misleading, installed / "signoff", "tour", SIGNOFF_DATA_DIR=str(tmp_path / "data"))
    received = json.loads(said.partition("# What the sandbox received\n")[2])
    assert list(received["final_events_applied"].values()) == [1]
    assert [event["body"]["event"] for event in received["events"]] == ["completed_with_errors"]


def test_the_installed_window_shows_a_job_from_a_folder_that_misleads(
    installed: Path, misleading: Path, tmp_path: Path
) -> None:
    window = """
import sys, signoff
sys.argv[1:] = ["--version"]
assert signoff.main() == 0
from ui.tools.gallery import SHOTS, draw
print(*draw("build", SHOTS[:1]))
"""
    said = run(misleading, installed / "python", "-P", "-c", window, SIGNOFF_DATA_DIR=str(tmp_path / "data"))
    assert said.split() == ["signoff", version("signoff"), str(Path("build", "everyday-light.png"))]
    assert (misleading / "build" / "everyday-light.png").stat().st_size > 20_000


def test_an_installed_program_reads_a_posting_list_in_a_folder_that_misleads(
    installed: Path, misleading: Path, tmp_path: Path
) -> None:
    (misleading / "list.csv").write_text(
        "Entry ID,Status,Voucher\n00000000-0000-4000-8000-00000000beef,posted,JE-1\n", encoding="utf-8"
    )
    with RunningSandbox("mixed") as sandbox:
        said = run(
            misleading,
            installed / "signoff",
            *("resolve", sandbox.world.job_id, "--from", "list.csv", "--json"),
            expected=NOT_READY,
            SIGNOFF_DATA_DIR=str(tmp_path / "data"),
            SIGNOFF_BASE_URL=sandbox.url,
            SIGNOFF_API_KEY="a-good-key",
        )
    resolution = json.loads(said)
    assert (resolution["rows"], resolution["not_in_job"]) == (1, [2])
