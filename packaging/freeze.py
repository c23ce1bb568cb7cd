"""Freezes the program into `dist/signoff`: run by the Python of an environment that holds requirements/package.txt."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Elsewhere where a proof freezes for another system beside this one.
MADE = Path(os.environ.get("SIGNOFF_PACKAGE_WORK") or ROOT / "build" / "package")
FROZEN = Path(os.environ.get("SIGNOFF_PACKAGE_FOLDER") or ROOT / "dist" / "signoff")

sys.path[:0] = [str(ROOT / "packaging"), str(ROOT)]

from freezing import contents, licences  # noqa: E402


def freeze() -> None:
    """Raises SystemExit with what is wrong with the package."""
    shutil.rmtree(FROZEN, ignore_errors=True)
    MADE.mkdir(parents=True, exist_ok=True)
    # Drawn in a process of its own, since Qt wants to be alone in one.
    run(sys.executable, str(ROOT / "packaging" / "freezing" / "icons.py"), str(icon()), str(MADE / "icons"))
    (MADE / "licences.txt").write_text(licences.of_the_program(), encoding="utf-8")
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places(), spec())
    add_licences_of_libraries()
    strip_python()
    check()


def icon() -> Path:
    return ROOT / "resources" / "icons" / "signoff.svg"


def spec() -> str:
    return str(ROOT / "packaging" / "signoff.spec")


def places() -> list[str]:
    return ["--distpath", str(FROZEN.parent), "--workpath", str(MADE / "work")]


def run(*command: str) -> None:
    # The same hash seed and time for all: two builds of one commit are to be alike.
    same = {"PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen", "SOURCE_DATE_EPOCH": commit_time()}
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | same)  # noqa: S603 - our own programs


def commit_time() -> str:
    if known := os.environ.get("SOURCE_DATE_EPOCH"):
        return known
    git = shutil.which("git")
    found = git and subprocess.run(  # noqa: S603 - as above
        [git, "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() if found and found.stdout.strip() else "315619200"  # 1980, as old as a ZIP can be


def add_licences_of_libraries() -> None:
    """What came from the system that the package was built on is known only now."""
    inside = FROZEN / "_internal"
    found = licences.of_system_libraries(path.name for path in contents.files_below(inside))
    with (inside / "resources" / "licences.txt").open("a", encoding="utf-8") as file:
        file.write(found)


def strip_python() -> None:
    """Python's own library as some systems build it holds its symbols: 17 MB that nobody reads."""
    strip = shutil.which("strip")
    if sys.platform == "linux" and strip:
        for library in (FROZEN / "_internal").glob("libpython*.so*"):
            subprocess.run([strip, "--strip-unneeded", str(library)], check=True)  # noqa: S603 - as above


def check() -> None:
    files = list(contents.files_below(FROZEN))
    total = sum(path.stat().st_size for path in files)
    faults = list(contents.faults_of((str(path.relative_to(FROZEN)) for path in files), total, sys.platform))
    if faults:
        raise SystemExit("The package is not as it must be:\n" + "\n".join(f"  - {fault}" for fault in faults))
    print(f"{FROZEN}: {total / 1e6:.1f} MB in {len(files)} files, for {sysconfig.get_platform()}")


if __name__ == "__main__":
    freeze()
