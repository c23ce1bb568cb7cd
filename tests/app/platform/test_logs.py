"""The log: what happened, without a secret."""

import base64
import logging
import sys
from contextlib import suppress

import pytest

from app.platform.logs import Redaction, last_lines, wished_level, write_log_to

SECRET = "pk-9f3a77c1-hunter2"
BASIC = base64.b64encode(f"{SECRET}:".encode()).decode()
LOGGER = logging.getLogger("signoff.test")


def redacted(message, *args, exc_info=None) -> str:
    redaction = Redaction()
    redaction.hide(SECRET)
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, message, args, exc_info)
    assert redaction.filter(record)
    return logging.Formatter("%(message)s").format(record)


def failing_with(text):
    try:
        int(text)
    except ValueError as error:
        return type(error), error, error.__traceback__


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"the key is {SECRET}", ()),
        ("the key is %s", (SECRET,)),
        ("%r", ({"Authorization": f"Basic {BASIC}"},)),
        ("header %s", (f"basic {BASIC}",)),
        ("header Bearer %s", ("another-token.of.somebody",)),
        ("encoded alone: %s", (BASIC,)),
        (f"twice {SECRET} and {SECRET}", ()),
    ],
)
def test_no_record_holds_a_secret(message, args):
    text = redacted(message, *args)
    assert SECRET not in text
    assert BASIC not in text
    assert "another-token" not in text


def test_no_traceback_holds_a_secret():
    text = redacted("failed", exc_info=failing_with(f"refused for {SECRET} (Basic {BASIC})"))
    assert "ValueError" in text
    assert SECRET not in text
    assert BASIC not in text


def test_a_secret_that_begins_another_leaves_no_rest():
    redaction = Redaction()
    for secret in ("pk-abcdefgh", "pk-abcdefgh-and-more"):
        redaction.hide(secret)
    assert "more" not in redaction.masked("the key is pk-abcdefgh-and-more")


def test_what_is_no_secret_stays():
    assert redacted("GET /v3/export-jobs %d items", 42) == "GET /v3/export-jobs 42 items"


@pytest.mark.parametrize("word", ["", "as"])
def test_a_word_too_short_to_be_a_secret_hides_nothing(word):
    redaction = Redaction()
    redaction.hide(word)
    assert redaction.masked("as it was") == "as it was"


def test_the_log_is_a_file_of_the_folder(tmp_path):
    write_log_to(tmp_path / "logs")
    LOGGER.info("job %s was read", "3f0c")
    text = (tmp_path / "logs" / "signoff.log").read_text(encoding="utf-8")
    assert "INFO signoff.test job 3f0c was read" in text


def test_the_log_file_holds_no_authorization(tmp_path):
    write_log_to(tmp_path)
    LOGGER.info("sent with Authorization: Basic %s", BASIC)
    assert BASIC not in (tmp_path / "signoff.log").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(tmp_path):
    (tmp_path / "file").write_text("x")
    before = list(logging.getLogger().handlers)
    write_log_to(tmp_path / "file" / "logs")
    assert logging.getLogger().handlers == before


def test_the_last_lines_have_the_level_of_their_record_and_so_has_a_traceback(tmp_path):
    write_log_to(tmp_path)
    LOGGER.info("opened")
    LOGGER.warning("slow")
    LOGGER.error("broken", exc_info=failing_with("x"))
    lines = last_lines(tmp_path)
    assert [line.level for line in lines[:3]] == [logging.INFO, logging.WARNING, logging.ERROR]
    assert {line.level for line in lines[2:]} == {logging.ERROR}
    assert lines[-1].text.startswith("ValueError")


def test_of_a_long_log_the_end_is_read_in_whole_lines(tmp_path):
    write_log_to(tmp_path)
    for number in range(5_000):
        LOGGER.info("line %d with some words to make it longer than it would be", number)
    lines = last_lines(tmp_path)
    assert 100 < len(lines) < 5_000
    assert all(line.text.startswith("20") for line in lines)
    assert "line 4999" in lines[-1].text


def test_without_a_log_there_are_no_lines(tmp_path):
    assert last_lines(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("said", "level"), [("debug", logging.DEBUG), (" DEBUG ", logging.DEBUG), ("", logging.INFO), ("x", logging.INFO)]
)
def test_the_environment_asks_for_more_to_be_written(said, level):
    assert wished_level({"SIGNOFF_LOG": said}) == level
    assert wished_level({}) == logging.INFO


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_log_that_cannot_be_written_says_so_once_and_in_one_sentence(tmp_path, capsys):
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    write_log_to(tmp_path / "logs")
    (made,) = (handler for handler in root.handlers if handler not in before)
    try:
        made.stream.close()
        made.stream = open("/dev/full", "w", encoding="utf-8")  # noqa: PTH123, SIM115 - the handler closes it
        for number in range(20):
            LOGGER.warning("line %s", number)
    finally:
        root.removeHandler(made)
        root.setLevel(level)
        with suppress(OSError):
            made.close()
    said = capsys.readouterr().err
    assert said == "The log cannot be written, and the program goes on without it: No space left on device.\n"
