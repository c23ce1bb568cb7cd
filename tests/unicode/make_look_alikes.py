"""Makes `resources/look_alikes.txt` of Unicode's own list of confusable characters, which comes with UTS 39.

    python tests/unicode/make_look_alikes.py confusables.txt LICENSE.unicode > resources/look_alikes.txt

The list is to be had at Unicode's site under Public/security, its licence with most of what holds Unicode's data.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def look_alikes(confusables: Iterable[str]) -> dict[str, list[str]]:
    """By what they are drawn as, in code points of six digits at most: each character that is drawn so."""
    found: dict[str, list[str]] = {}
    for line in confusables:
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) == 3:
            found.setdefault(fields[1], []).append(fields[0])
    return found


def head(confusables: Iterable[str], licence: str) -> Iterator[str]:
    """What the file says of itself: the lines of the list's own head, and its licence."""
    yield "Which characters are drawn alike: what is drawn, and after the colon each character that is drawn so."
    yield "Made by tests/unicode/make_look_alikes.py of this list:"
    for line in confusables:
        if not line.startswith("#"):
            break
        yield line.removeprefix("#").strip()
    yield from licence.strip().splitlines()


def main(list_path: str, licence_path: str) -> None:
    lines = Path(list_path).read_text(encoding="utf-8-sig").splitlines()
    for line in head(lines, Path(licence_path).read_text(encoding="utf-8")):
        print(f"# {line}".rstrip())
    for drawn, characters in look_alikes(lines).items():
        print(f"{drawn}: {' '.join(characters)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
