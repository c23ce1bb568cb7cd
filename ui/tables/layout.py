from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

Sort = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Which columns are shown, from left to right, and how wide; by key, so that it outlives a release. Widths
    are pixels at the usual size of text.

    `order` also has a place for those that are not shown, and tells a column that came with a later release from one
    that was taken away. `sort` holds keys with whether they descend; None leaves the order of the rows as it is.
    """

    shown: tuple[str, ...]
    widths: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    sort: Sort | None = None

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: object) -> "ColumnLayout":
        """What somebody stored once; what does not fit is passed over."""
        given = stored if isinstance(stored, Mapping) else {}
        widths = given.get("widths")
        return cls(
            shown=_keys(given.get("shown")),
            widths=dict(filter(_is_width, widths.items())) if isinstance(widths, Mapping) else {},
            order=_keys(given.get("order")),
            frozen=_keys(given.get("frozen")),
            sort=_sort(given.get("sort")),
        )


def _items(stored: object) -> Iterable[object]:
    return stored if isinstance(stored, (list, tuple)) else ()


def _keys(stored: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in _items(stored) if isinstance(key, str)))


def _is_width(entry: tuple[object, object]) -> bool:
    key, width = entry
    return isinstance(key, str) and type(width) is int and width > 0


def _sort(stored: object) -> Sort | None:
    if stored is None:
        return None
    pairs = (tuple(pair) for pair in _items(stored) if isinstance(pair, (list, tuple)) and len(pair) == 2)
    return tuple((key, down) for key, down in pairs if isinstance(key, str) and isinstance(down, bool))
