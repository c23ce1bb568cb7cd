"""The licences of everything that comes along with the program."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import takewhile
from pathlib import PurePosixPath

from app.platform.resources import RESOURCES

_COLLECTED = RESOURCES / "licences.txt"
_LOOK_ALIKES = RESOURCES / "look_alikes.txt"
_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice)")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RULE = "=" * 78


def licences_text() -> str:
    """As it was collected when the program was packaged; in an environment, from what is installed there."""
    try:
        of_libraries = _COLLECTED.read_text(encoding="utf-8")
    except OSError:
        of_libraries = "\n".join(licence_of(name) for name in distributions_of("signoff"))
    return f"{of_libraries}\n{_of_data()}"


def distributions_of(name: str) -> list[str]:
    """The installed distributions that `name` needs, itself first, each once, by name."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        each = re.sub(r"[-_.]+", "-", waiting.pop(0)).lower()
        if each in found:
            continue
        try:
            needed = distribution(each).requires or []
        except PackageNotFoundError:  # for another system, or another Python
            continue
        found[each] = None
        waiting += [match[0] for words in needed if "extra ==" not in words and (match := _REQUIREMENT.match(words))]
    return [name, *sorted(each for each in found if each != name)]


def licence_of(name: str) -> str:
    """Name, version, the licence's name and its text as far as the distribution brings it."""
    found = distribution(name)
    details = found.metadata
    named = [*(details.get_all("License-Expression") or []), *(details.get_all("License") or []), *_classified(found)]
    said = named[0].splitlines()[0] if named else "see below"
    head = f"{_RULE}\n{details['Name']} {found.version}\n{said}\n{_RULE}\n"
    return "\n".join([head, *_texts(found)])


def _of_data() -> str:
    """The head of the list of look-alikes, which is Unicode's."""
    lines = takewhile(lambda line: line.startswith("#"), _LOOK_ALIKES.read_text(encoding="utf-8").splitlines())
    text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)
    return f"{_RULE}\nUnicode confusables\n{_RULE}\n\n{text}\n"


def _classified(found: Distribution) -> list[str]:
    named = found.metadata.get_all("Classifier") or []
    return [words.split(" :: ")[-1] for words in named if words.startswith("License ::")]


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or []:
        # In the metadata alone: what else a distribution brings may be called the same.
        if ".dist-info" in str(PurePosixPath(file).parent) and _FILE.match(file.name):
            yield file.read_text(encoding="utf-8")
