"""What a command says: its answer on standard output, all else on standard error."""

import json
import os
import sys
from typing import Any

from app.cli import text


def say(message: str) -> None:
    print(text.harmless(message), file=sys.stderr)


def print_json(document: dict[str, Any]) -> None:
    # Escaped, so that a pipe of any encoding carries every letter.
    print_text(json.dumps(document, indent=2))


def print_text(words: str) -> None:
    """A reader that has gone away, as `head` does, changes nothing about the outcome and its exit code."""
    try:
        # A program without a terminal on Windows has no standard output at all.
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(words.encode(encoding, "replace").decode(encoding), flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the rest of the process
