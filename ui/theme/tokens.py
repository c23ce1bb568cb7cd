from dataclasses import dataclass, fields
from enum import Enum


class Scheme(Enum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the program as `#rrggbb`, named by what it means."""

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    hairline: str
    outline: str
    edge: str
    text: str
    quiet: str
    disabled: str
    disabled_fill: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    selection_quiet: str
    focus: str
    success: str
    danger: str
    warning: str
    info: str
    open: str
    abandoned: str
    unknown: str
    success_tint: str
    danger_tint: str
    warning_tint: str
    info_tint: str
    track: str
    sandbox: str
    on_sandbox: str
    mark_blue: str
    mark_teal: str
    mark_green: str
    mark_amber: str
    mark_red: str
    mark_violet: str

    def named(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def colour(self, name: str) -> str:
        return str(getattr(self, name))


LIGHT = Tokens(
    window="#f5f6f8",
    surface="#ffffff",
    raised="#ffffff",
    hover="#eceff3",
    pressed="#e1e5eb",
    hairline="#dfe3e9",
    outline="#b9c1cc",
    edge="#808a99",
    text="#1a222d",
    quiet="#545f6d",
    disabled="#5f6a78",
    disabled_fill="#e7eaee",
    accent="#1d59a8",
    accent_fill="#1f5fb3",
    accent_hover="#1a529b",
    accent_pressed="#164685",
    on_accent="#ffffff",
    selection="#d9e6f8",
    selection_quiet="#e6ebf1",
    focus="#2f74d0",
    success="#17713d",
    danger="#b3261e",
    warning="#855300",
    info="#1d59a8",
    open="#855300",
    abandoned="#5f6670",
    unknown="#6a3fa3",
    success_tint="#e4f3e9",
    danger_tint="#fbe9e7",
    warning_tint="#fbf0d9",
    info_tint="#e5eefa",
    track="#dde2e8",
    sandbox="#f2c14b",
    on_sandbox="#2a2000",
    mark_blue="#2f6fd6",
    mark_teal="#0f8a8a",
    mark_green="#3f8f3a",
    mark_amber="#b87400",
    mark_red="#cc3d5a",
    mark_violet="#8350c4",
)

DARK = Tokens(
    window="#15191f",
    surface="#1c2129",
    raised="#262c36",
    hover="#2a313b",
    pressed="#343c48",
    hairline="#303843",
    outline="#4c5664",
    edge="#727d8c",
    text="#e5e9ef",
    quiet="#a3adba",
    disabled="#98a2af",
    disabled_fill="#2a3039",
    accent="#8db8f5",
    accent_fill="#7fb0f5",
    accent_hover="#97bff8",
    accent_pressed="#6a9fe8",
    on_accent="#0d1520",
    selection="#27415f",
    selection_quiet="#2b323c",
    focus="#6ea8f7",
    success="#74cc94",
    danger="#ff9389",
    warning="#e8b95f",
    info="#8db8f5",
    open="#e8b95f",
    abandoned="#aab2bd",
    unknown="#c3a4f2",
    success_tint="#1d3327",
    danger_tint="#432725",
    warning_tint="#3a301b",
    info_tint="#1f3048",
    track="#363e49",
    sandbox="#e0b040",
    on_sandbox="#211800",
    mark_blue="#6ba2f2",
    mark_teal="#4cc2c2",
    mark_green="#7ec678",
    mark_amber="#e0a243",
    mark_red="#f08198",
    mark_violet="#b68cf0",
)

# For whoever asks for the most contrast: nothing is told by a shade of grey, and every edge is a line.
CONTRAST = Tokens(
    window="#000000",
    surface="#000000",
    raised="#000000",
    hover="#1f2a44",
    pressed="#2b3a5e",
    hairline="#8a8a8a",
    outline="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    quiet="#f0f0f0",
    disabled="#b8b8b8",
    disabled_fill="#1c1c1c",
    accent="#8fd0ff",
    accent_fill="#ffe100",
    accent_hover="#fff27a",
    accent_pressed="#e6cb00",
    on_accent="#000000",
    selection="#003a75",
    selection_quiet="#2a2a2a",
    focus="#ffe100",
    success="#5cff8f",
    danger="#ffb3ab",
    warning="#ffd75e",
    info="#8fd0ff",
    open="#ffd75e",
    abandoned="#d8d8d8",
    unknown="#e0c2ff",
    success_tint="#002b10",
    danger_tint="#3d0500",
    warning_tint="#2e2300",
    info_tint="#00203d",
    track="#333333",
    sandbox="#f2c14b",
    on_sandbox="#000000",
    mark_blue="#8fc1ff",
    mark_teal="#6fe6e6",
    mark_green="#93f08a",
    mark_amber="#ffc666",
    mark_red="#ff9fb2",
    mark_violet="#d3b5ff",
)

# Every text colour with each ground it is written on: at least 4.5 : 1.
TEXT_PAIRS = (
    *(("text", ground) for ground in ("window", "surface", "raised", "hover", "pressed")),
    *(("text", ground) for ground in ("selection", "selection_quiet")),
    *(("text", f"{meaning}_tint") for meaning in ("success", "danger", "warning", "info")),
    *(("quiet", ground) for ground in ("window", "surface", "raised", "hover", "selection", "selection_quiet")),
    *(("quiet", f"{meaning}_tint") for meaning in ("success", "danger", "warning", "info")),
    *(("disabled", ground) for ground in ("window", "surface", "raised", "disabled_fill")),
    *(("accent", ground) for ground in ("window", "surface", "hover", "pressed")),
    *((meaning, "surface") for meaning in ("success", "danger", "warning", "info", "open", "abandoned", "unknown")),
    *((meaning, "window") for meaning in ("success", "danger", "warning", "info", "open", "abandoned", "unknown")),
    *(("on_accent", ground) for ground in ("accent_fill", "accent_hover", "accent_pressed")),
    ("danger", "danger_tint"),
    ("on_sandbox", "sandbox"),
)

# Shapes that carry meaning, with the grounds they are drawn on: at least 3 : 1.
SHAPE_PAIRS = (
    *(("edge", ground) for ground in ("window", "surface")),
    *(
        (meaning, ground)
        for meaning in ("success", "danger", "open", "abandoned", "unknown", "accent", "focus")
        for ground in ("window", "surface", "selection", "selection_quiet")
    ),
    *(
        (f"mark_{colour}", ground)
        for colour in ("blue", "teal", "green", "amber", "red", "violet")
        for ground in ("window", "surface", "raised", "hover", "selection", "selection_quiet")
    ),
    *((meaning, f"{meaning}_tint") for meaning in ("success", "danger", "warning", "info")),
    *((meaning, "track") for meaning in ("success", "danger", "abandoned")),
)


_BY_SCHEME = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}


def tokens_of(scheme: Scheme) -> Tokens:
    return _BY_SCHEME[scheme]
