"""Where the window was and what was open in it: a convenience, read before the first frame, so without pydantic."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import SettingsProblem
from app.platform.languages import AS_THE_SYSTEM, ENGLISH, known_languages
from app.settings.json_file import Form, JsonFile
from app.texts.parsing import read_json

_LEAST_IN_SIGHT = 80


class Area(NamedTuple):
    """Device-independent pixels."""

    x: int
    y: int
    width: int
    height: int

    def shared_with(self, other: "Area") -> tuple[int, int]:
        """Width and height of what both cover."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0, across), max(0, down)


@dataclass(frozen=True, slots=True)
class WindowState:
    """`place` is where the window is while it is not maximised; `splitters` are sizes by the splitter's name.

    `hidden` are the names of panes, `connection` and `job` the ids of what was open last.
    `has_dense_jobs`: jobs are listed as lines rather than cards.
    """

    place: Area | None = None
    is_maximized: bool = False
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    connection: str | None = None
    job: str | None = None
    has_dense_jobs: bool = False


def fitted(place: Area, screens: Sequence[Area]) -> Area | None:
    """The place, moved and made smaller as far as today's screens need it; None where none shows it any more."""
    best = max(screens, key=lambda screen: _area(place.shared_with(screen)), default=None)
    if best is None or min(place.shared_with(best)) < _LEAST_IN_SIGHT:
        return None
    width, height = min(place.width, best.width), min(place.height, best.height)
    x = min(max(place.x, best.x), best.x + best.width - width)
    y = min(max(place.y, best.y), best.y + best.height - height)
    return Area(x, y, width, height)


def _area(sides: tuple[int, int]) -> int:
    return sides[0] * sides[1]


def _parsed(content: bytes) -> WindowState:
    """Raises ValueError, whatever it is that wrong kinds of values raise."""
    try:
        return _state_of(read_json(content))
    except (TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError(type(error).__name__) from error


def _state_of(value: dict[str, Any]) -> WindowState:
    place = value["place"]
    return WindowState(
        Area(*_whole_numbers(place)) if place else None,
        value["is_maximized"] is True,
        {str(name): _whole_numbers(sizes) for name, sizes in value["splitters"].items()},
        tuple(str(name) for name in value["hidden"]),
        _text(value["connection"]),
        _text(value["job"]),
        value.get("has_dense_jobs") is True,
    )


def _whole_numbers(values: list[Any]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


_FORM = Form(_parsed, asdict, WindowState)


class WindowStateFile:
    """`window.json` in the data folder. What cannot be read or written is passed over: nothing depends on it."""

    def __init__(self, folder: Path) -> None:
        self._file = JsonFile(folder / "window.json", _FORM)

    def read(self) -> WindowState:
        try:
            return self._file.read()
        except (OSError, ValueError):
            return WindowState()

    def write(self, state: WindowState) -> None:
        with suppress(SettingsProblem):
            self._file.write(state)


def colours_at_start(folder: Path) -> str:
    """The colours of the preferences, for the first frame; the system's where nothing usable is stored."""
    chosen = _preferred(folder, "colours")
    return chosen if chosen in ("light", "dark", "contrast") else "system"


def text_percent_at_start(folder: Path) -> int:
    """The size of text of the preferences, for the first frame."""
    chosen = _stored(folder, "text_percent")
    is_size = type(chosen) is int and 100 <= chosen <= 200
    return chosen if is_size else 100


def density_at_start(folder: Path) -> str:
    """The air around rows of the preferences, for the first frame."""
    chosen = _preferred(folder, "density")
    return chosen if chosen in ("compact", "roomy") else "usual"


def language_at_start(folder: Path) -> str:
    """The code of the language of the preferences, for the first frame; "" is the system's, also where a newer version
    stored one that this one does not speak."""
    code = _preferred(folder, "language")
    return code if code in (AS_THE_SYSTEM, ENGLISH) or code in known_languages() else AS_THE_SYSTEM


def _preferred(folder: Path, name: str) -> str:
    chosen = _stored(folder, name)
    return chosen if isinstance(chosen, str) else ""


def _stored(folder: Path, name: str) -> Any:
    try:
        return read_json((folder / "preferences.json").read_bytes())[name]
    except (OSError, ValueError, TypeError, KeyError):
        return None
