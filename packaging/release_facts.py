"""Says to the release workflow what the project says already: its version, its notes; and writes the build's settings.

release_facts.py version | notes | update-check FOLDER
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from freezing import facts


def update_check(environment: dict[str, str]) -> str:
    """The build's settings as TOML; "" without an address, so that the feature is not there.

    Raises ValueError for settings that are there by half, or that a file of one line each cannot hold.
    """
    said = {name: environment.get(f"UPDATE_{name.upper()}", "").strip() for name in ("address", "public_key", "page")}
    if not any(said.values()):
        return ""
    if not all(said.values()) or any(letter in word for word in said.values() for letter in '"\\\n'):
        raise ValueError("UPDATE_ADDRESS, UPDATE_PUBLIC_KEY and UPDATE_PAGE are set all or not at all")
    if not all(said[name].startswith("https://") for name in ("address", "page")):
        raise ValueError("UPDATE_ADDRESS and UPDATE_PAGE begin with https://")
    return "".join(f'{name} = "{word}"\n' for name, word in said.items())


def main(words: list[str]) -> None:
    if words == ["version"]:
        print(facts.version())
    elif words == ["notes"]:
        changelog = (facts.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        print(facts.notes_of(facts.version(), changelog), end="")
    elif words[:1] == ["update-check"] and len(words) == 2:
        file = Path(words[1]) / "update_check.toml"
        text = update_check(dict(os.environ))
        file.unlink(missing_ok=True)
        if text:
            file.write_text(text, encoding="utf-8")
        print(f"{file}: {'written' if text else 'not there, since the build names no address'}")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
