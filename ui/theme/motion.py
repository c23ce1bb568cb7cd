"""Whether anything on screen moves by itself."""


class _Motion:
    is_wanted = True


def set_motion(*, is_wanted: bool) -> None:
    """From the next picture on."""
    _Motion.is_wanted = is_wanted


def is_moving() -> bool:
    return _Motion.is_wanted
