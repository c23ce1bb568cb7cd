"""What every installer says of the program, from one place each: version, date, identifier."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# For whom the program is one and the same through all versions: macOS, Linux stores, Windows' task bar and installers.
IDENTIFIER = "local.signoff.Signoff"
# Windows takes an MSI of the same code for the newer version of what is installed.
UPGRADE_CODE = "8E0B5B1C-6A43-4C0E-9C5B-6F1B0F8D5A21"


def version() -> str:
    return version_in((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def version_in(pyproject: str) -> str:
    """The one place that says it. Raises ValueError for a version that an installer could not carry."""
    found = re.search(r'(?m)^version = "(\d+\.\d+\.\d+)"$', pyproject)
    if not found:
        raise ValueError("pyproject.toml has no version of three numbers")
    return found[1]


def notes_of(version: str, changelog: str) -> str:
    """What the CHANGELOG says of a version. Raises ValueError where it says nothing."""
    found = re.search(rf"(?ms)^## \[{re.escape(version)}\][^\n]*\n(.+?)(?=^## |\Z)", changelog)
    if not found:
        raise ValueError(f"CHANGELOG.md has no part about {version}")
    return found[1].strip() + "\n"


def filled(template: str, **words: str) -> str:
    """The template with each `@NAME@` replaced. Raises ValueError for one that nobody fills."""
    for name, word in {"VERSION": version(), "IDENTIFIER": IDENTIFIER, **words}.items():
        template = template.replace(f"@{name}@", word)
    left = re.findall(r"@[A-Z]+@", template)
    if left:
        raise ValueError(f"nobody says what {', '.join(left)} is")
    return template
