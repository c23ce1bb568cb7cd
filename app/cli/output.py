"""What a command says: its answer on standard output, all else on standard error.

Either may be gone: closed, a full disk, a reader that went away, a program without a console. Then the words go where
they still can, and nothing of that changes what the command does or its exit code.
"""

import json
import logging
import sys
from typing import Any, TextIO

from app.cli import text
from app.completion.progress import Step
from app.messages import joined, said

_log = logging.getLogger("signoff.cli")


def say(message: str) -> None:
    """On standard error; into the log where that is gone."""
    words = text.harmless(message)
    try:
        is_said = _printed(sys.stderr, words)
    except (OSError, ValueError):
        is_said = False
    if not is_said:
        # For good: at the process's end Python would try once more what could not be written.
        sys.stderr = None
        _log.warning("%s", text.harmless(str(message)))  # in English, as all of the log


def say_step(step: Step) -> None:
    say(joined(" ", (step.value, "…")))


def print_json(document: dict[str, Any]) -> None:
    # Escaped, so that a pipe of any encoding carries every letter.
    print_text(json.dumps(document, indent=2), is_owed="outcome" in document)


def print_json_line(document: dict[str, Any]) -> None:
    """Of an answer that is a line for each of several things."""
    print_text(json.dumps(document), is_owed="outcome" in document or "outcomes" in document)


def print_text(words: str, *, is_owed: bool = False) -> None:
    """On standard output; on standard error where that is gone. A reader that has had enough, as `head` has, is owed
    no more of a list, but what became of a send."""
    shown = text.harmless(words)
    try:
        is_printed = _printed(sys.stdout, shown)
    except BrokenPipeError:
        is_printed = not is_owed
        sys.stdout = None
    except (OSError, ValueError):
        is_printed = False
    if not is_printed:
        sys.stdout = None
        say(said("Standard output cannot be written, so the answer stands here:"))
        say(shown)


def _printed(stream: TextIO | None, words: str) -> bool:
    """False without a stream. Raises OSError where it is gone, ValueError where it was closed."""
    if stream is None:
        return False
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(words.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
    return True
