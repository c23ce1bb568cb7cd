"""Where the program finds the data that it ships."""

from pathlib import Path

RESOURCES = Path(__file__).parents[2] / "resources"
