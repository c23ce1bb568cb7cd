"""Sees whether what a person or a build installs can be installed on all six platforms, without installing it.

Each is resolved from its lock with hashes and wheels alone. Where the package index does not answer, that is said and
left out; a library that has no wheel for a platform is a failure.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".venv" / "bin" / "uv"
# As old as the systems that are promised: Windows 10, macOS 13, and on Linux what the oldest wheels of Qt ask for.
PLATFORMS = {
    "Windows": "x86_64-pc-windows-msvc",
    "Windows on ARM64": "aarch64-pc-windows-msvc",
    "macOS on Intel": "x86_64-apple-darwin",
    "macOS on Apple silicon": "aarch64-apple-darwin",
    "Linux": "x86_64-manylinux_2_36",
    "Linux on ARM64": "aarch64-manylinux_2_39",
}
LOCKS = ("runtime", "package")
PYTHON = "3.12"
_PATIENCE_SECONDS = 120
# What uv says where the network is to blame.
_NO_ANSWER = re.compile(r"(?i)failed to fetch|error sending request|timed out|connect|dns|request failed|network")


def fault_of(platform: str, lock: str) -> str | None:
    """What uv says against it, "" for nothing, None where the index does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(str(UV), "pip", "install", "--dry-run", "--quiet", "--no-progress", "--target", folder),
            *("--python-platform", platform, "--python-version", PYTHON),
            *("--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", f"requirements/{lock}.txt"),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - a tool of the development lock
                command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    if done.returncode == 0:
        return ""
    return None if _NO_ANSWER.search(done.stderr) else done.stderr.strip() or f"uv ended with {done.returncode}"


def main() -> int:
    has_failed = False
    for name, platform in PLATFORMS.items():
        for lock in LOCKS:
            fault = fault_of(platform, lock)
            if fault is None:
                print(f"left out: {name}, since the package index does not answer")
                break
            if fault:
                has_failed = True
                print(f"{name}: requirements/{lock}.txt cannot be installed:\n{fault}", file=sys.stderr)
            else:
                print(f"{name}: requirements/{lock}.txt can be installed")
    return has_failed


if __name__ == "__main__":
    sys.exit(main())
