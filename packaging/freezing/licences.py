"""Collects the licences of what a package holds: the program's libraries, Python, Qt, and the system's libraries."""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from app.platform.licences import distributions_of, licence_of

_TEXTS = Path(__file__).parents[1] / "licences"
_RULE = "=" * 78


def of_the_program() -> str:
    """Raises LookupError where Python's own licence is not found, since the package must not go without it."""
    parts = [licence_of(name) for name in distributions_of("signoff")]
    # The wheels of Qt and PySide name their licence and do not bring its words.
    parts += [
        _headed(f"{name}, of Qt and PySide", (_TEXTS / f"{name}.txt").read_text(encoding="utf-8"))
        for name in ("LGPL-3.0", "GPL-3.0")
    ]
    parts.append(_headed(f"Python {sys.version.split()[0]}", _of_python()))
    return "\n".join(parts)


def _headed(title: str, text: str) -> str:
    return f"{_RULE}\n{title}\n{_RULE}\n\n{text}"


def _of_python() -> str:
    base, library = Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    places = [base / "LICENSE.txt", library / "LICENSE.txt", Path(f"/usr/share/doc/python{version}/copyright")]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    raise LookupError(f"Python's licence is at none of {', '.join(map(str, places))}")


def of_system_libraries(names: Iterable[str]) -> str:
    """What Debian and its relatives say of the packages whose libraries came along; "" on other systems."""
    query = shutil.which("dpkg-query")
    libraries = sorted({name for name in names if ".so" in name})
    if not query or not libraries:
        return ""
    said = subprocess.run(  # noqa: S603 - a program of the system
        [query, "--search", *(f"*/{name}" for name in libraries)], capture_output=True, text=True, check=False
    ).stdout
    packages = sorted(set(re.findall(r"(?m)^(lib[a-z0-9.+-]+)(?::[a-z0-9]+)?: /(?:usr/)?lib/[^/]+/[^/]+$", said)))
    texts = [
        _headed(f"{package}, a library of the system", copyright_file.read_text(encoding="utf-8", errors="replace"))
        for package in packages
        if (copyright_file := Path("/usr/share/doc") / package / "copyright").is_file()
    ]
    return "\n".join(["", *texts])
