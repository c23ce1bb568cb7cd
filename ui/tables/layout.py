from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Which columns are shown, from left to right, and how wide in pixels; by key, so that it outlives a release."""

    shown: tuple[str, ...]
    widths: Mapping[str, int] = field(default_factory=dict)
