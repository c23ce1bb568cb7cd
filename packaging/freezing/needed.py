"""Which of the libraries that PyInstaller collected are still wanted, once some plugins were left out."""

from collections.abc import Callable, Iterable

# Destination inside the package, source, kind: PyInstaller's entry.
Entry = tuple[str, str, str]


def without_orphans(
    collected: Iterable[Entry], is_left_out: Callable[[str], bool], needs: Callable[[str], set[str]]
) -> list[Entry]:
    """The entries that stay. `needs` gives the file names of the libraries that a source asks its loader for.

    Who is needed by what was left out alone goes with it; who is needed by nobody was collected for its own sake.
    """
    entries = list(collected)
    needed_by = {entry[0]: needs(entry[1]) for entry in entries}
    wanted_by_any = set().union(*needed_by.values()) if needed_by else set()
    kept = {entry[0]: entry for entry in entries if not is_left_out(entry[0]) and _name(entry[0]) not in wanted_by_any}
    waiting = list(kept)
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(_name(entry[0]), []).append(entry)
    while waiting:
        for name in needed_by[waiting.pop()]:
            for entry in by_name.get(name, []):
                if entry[0] not in kept and not is_left_out(entry[0]):
                    kept[entry[0]] = entry
                    waiting.append(entry[0])
    return [entry for entry in entries if entry[0] in kept]


def _name(destination: str) -> str:
    return destination.replace("\\", "/").rpartition("/")[2]
