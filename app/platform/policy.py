"""What an administrator decided for every user of this machine."""

from pathlib import Path

import platformdirs

from app.texts.parsing import read_toml

FILE_NAME = "policy.toml"


def policy_file() -> Path:
    """In the folder of this machine's settings, which users may not write to: `C:\\ProgramData\\Signoff`,
    `/Library/Application Support/Signoff` or `/etc/xdg/Signoff`."""
    return Path(platformdirs.site_config_dir("Signoff", appauthor=False)) / FILE_NAME


def forbids_update_check(file: Path) -> bool:
    """`update_check = false`. A policy that cannot be read forbids, since somebody meant to."""
    try:
        said = read_toml(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return said.get("update_check", True) is not True
