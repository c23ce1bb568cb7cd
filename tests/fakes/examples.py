"""How many examples a property is tried on, where it needs more or fewer than most."""

from hypothesis import settings


def examples(count: int) -> int:
    """The count in the full run; never more than the quick run has for everything."""
    return count if settings.get_current_profile_name() == "full" else min(count, settings().max_examples)
