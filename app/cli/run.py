"""Running what was said on the command line: the one door to all commands, and the end of whatever goes wrong."""

import argparse
import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from typing import Final, TypeVar

from app.cli import documents
from app.cli.commands import execute
from app.cli.confirming import how_to_confirm
from app.cli.exit_codes import BROKEN, DONE, INTERRUPTED, MISTAKE, USAGE, exit_code_of
from app.cli.language import speak_to_the_terminal
from app.cli.output import print_json, print_json_line, print_text, say
from app.cli.text import problem_text
from app.completion.outcome_text import as_sentence
from app.composition.compose import compose
from app.composition.journal_check import check_journal
from app.errors import JournalInDoubt, SignoffError
from app.messages import nsaid, read_at_a_terminal, said
from app.platform.daemon_threads import DaemonThreads
from app.platform.logs import masked_traceback, wished_level, write_log_to
from app.platform.private_files import make_data_folder_private
from app.settings.credentials import credential_store
from app.settings.paths import data_folder

# A script that asked for an outcome gets one, even where nothing could be read.
_SENDING = ("complete", "start")
_SAID_AFTER_SECONDS: Final = 3
_CLOSING_SECONDS: Final = 10
Result = TypeVar("Result")


def run(arguments: argparse.Namespace) -> int:
    """The exit code of one command."""
    with read_at_a_terminal():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    try:
        speak_to_the_terminal(arguments.language)
        local = _say_version if arguments.version else _LOCAL_COMMANDS.get(arguments.command)
        return local(arguments) if local else asyncio.run(_with_services(arguments))
    except SignoffError as problem:
        say(problem_text(problem))
        is_of_one_job = getattr(arguments, "job_id", None) is not None
        if isinstance(problem, JournalInDoubt) and is_of_one_job:
            say(how_to_confirm(arguments.command, arguments.job_id, problem))
        if arguments.command in _SENDING and arguments.json:
            if is_of_one_job:
                print_json(documents.not_sent_document(arguments.job_id, problem))
            else:
                print_json_line({"jobs": 0, "outcomes": {}, "exit_code": exit_code_of(problem)})
        return exit_code_of(problem)
    except KeyboardInterrupt:
        say(said("Stopped. If an event was on its way, the next run finds out what became of it."))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback of Python's own would not be masked
        say(masked_traceback(error))
        say(said("This is a mistake in the program, not in your data. Please report what stands above."))
        return MISTAKE


def _say_version(_arguments: argparse.Namespace) -> int:
    print_text(f"signoff {version('signoff')}")
    return DONE


def _tour(_arguments: argparse.Namespace) -> int:
    from app.cli.tour import walk

    return walk()


def _serve_sandbox(arguments: argparse.Namespace) -> int:
    from app.sandbox.server import serve

    try:
        serve(
            arguments.scenario,
            arguments.port,
            arguments.strict,
            pace_seconds=arguments.pace,
            stop_at_eof=arguments.stop_at_eof,
        )
    except (ValueError, OSError) as error:
        say(str(error))
        return USAGE
    return DONE


def _speak_of_installation(arguments: argparse.Namespace) -> int:
    from app.cli.installation import answer

    is_well, words = answer(arguments)
    print_text(words)
    return DONE if is_well else BROKEN


def _timeline(arguments: argparse.Namespace) -> int:
    from app.cli.timeline import tell_timeline

    return tell_timeline(arguments)


def _verify_journal(_arguments: argparse.Namespace) -> int:
    found = check_journal(data_folder(), credential_store())
    for damaged in found.kept_aside:
        say(
            said(
                "A damaged journal was kept aside as {file}; what it holds is not part of this one.", file=damaged.name
            )
        )
    proved = found.verification
    if proved is None:
        none = said(
            "There is no journal yet, and none is remembered: nothing is known to be sent from this data folder."
        )
        print_text(as_sentence(found.lost) if found.lost else none)
    elif proved.first_break:
        row, why = proved.first_break.sequence, proved.first_break.why
        print_text(as_sentence(said("The journal is broken at row {row:,}: {why}", row=row, why=why)))
    elif proved.doubt:
        print_text(as_sentence(proved.doubt))
    else:
        print_text(
            nsaid(
                "The journal is intact: {n:,} row, each following from the one before.",
                "The journal is intact: {n:,} rows, each following from the one before.",
                proved.rows,
            )
        )
    if found.unproved:
        say(found.unproved)
    return DONE if found.is_intact else BROKEN


async def _with_services(arguments: argparse.Namespace) -> int:
    asyncio.get_running_loop().set_default_executor(DaemonThreads())
    parts = await _keyring_asked(compose)
    make_data_folder_private(parts.settings.folder)
    write_log_to(parts.settings.folder / "logs", wished_level(os.environ))
    sign_in = await _keyring_asked(lambda: parts.sign_ins.chosen(arguments.connection))
    services = await parts.services.open(sign_in)
    try:
        return await execute(services, arguments)
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await services.close()


async def _keyring_asked(work: Callable[[], Result]) -> Result:
    """What is awaited in silence looks as if nothing happened."""
    asking = asyncio.ensure_future(asyncio.to_thread(work))
    done, _ = await asyncio.wait({asking}, timeout=_SAID_AFTER_SECONDS)
    if not done:
        say(
            said(
                "Waiting for the keyring of the operating system: it may ask for its password in a window of its own …"
            )
        )
    return await asking


_LOCAL_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "install-desktop-entry": _speak_of_installation,
    "sandbox": _serve_sandbox,
    "self-check": _speak_of_installation,
    "timeline": _timeline,
    "tour": _tour,
    "verify-journal": _verify_journal,
}
