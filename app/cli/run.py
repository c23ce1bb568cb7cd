"""Running what was said on the command line: the one door to all commands, and the end of whatever goes wrong."""

import argparse
import asyncio
import os
from collections.abc import Callable
from importlib.metadata import version

from app.cli import documents
from app.cli.commands import execute
from app.cli.confirming import how_to_confirm
from app.cli.exit_codes import BROKEN, DONE, INTERRUPTED, MISTAKE, USAGE, exit_code_of
from app.cli.language import speak_to_the_terminal
from app.cli.output import print_json, print_text, say
from app.composition.compose import compose
from app.composition.journal_check import check_journal
from app.errors import JournalInDoubt, SignoffError
from app.platform.logs import masked_traceback, wished_level, write_log_to
from app.platform.private_files import make_data_folder_private
from app.settings.paths import data_folder

# A script that asked for an outcome gets one, even where nothing could be read.
_SENDING = ("complete", "start")


def run(arguments: argparse.Namespace) -> int:
    """The exit code of one command."""
    try:
        speak_to_the_terminal(arguments.language)
        local = _say_version if arguments.version else _LOCAL_COMMANDS.get(arguments.command)
        return local(arguments) if local else asyncio.run(_with_services(arguments))
    except SignoffError as problem:
        say(f"{problem.title}. {problem.advice}".strip())
        if isinstance(problem, JournalInDoubt):
            say(how_to_confirm(arguments, problem))
        if arguments.command in _SENDING and arguments.json:
            print_json(documents.not_sent_document(arguments.job_id, problem))
        return exit_code_of(problem)
    except KeyboardInterrupt:
        say("Stopped. If an event was on its way, the next run finds out what became of it.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback of Python's own would not be masked
        say(masked_traceback(error))
        say("This is a mistake in the program, not in your data. Please report what stands above.")
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


def _verify_journal(_arguments: argparse.Namespace) -> int:
    found = check_journal(data_folder())
    for damaged in found.kept_aside:
        say(f"A damaged journal was kept aside as {damaged.name}; what it holds is not part of this one.")
    proved = found.verification
    if proved is None:
        lost = f"{found.lost}." if found.lost else ""
        print_text(lost or "There is no journal yet: nothing has been sent from this data folder.")
    elif proved.first_break:
        print_text(f"The journal is broken at row {proved.first_break.sequence}: {proved.first_break.why}.")
    elif proved.doubt:
        print_text(f"{proved.doubt}.")
    else:
        print_text(f"The journal is intact: {proved.rows:,} rows, each following from the one before.")
    return DONE if found.is_intact else BROKEN


async def _with_services(arguments: argparse.Namespace) -> int:
    parts = compose()
    make_data_folder_private(parts.settings.folder)
    write_log_to(parts.settings.folder / "logs", wished_level(os.environ))
    services = await parts.services.open(parts.sign_ins.chosen(arguments.connection))
    try:
        return await execute(services, arguments)
    finally:
        await services.close()


_LOCAL_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "install-desktop-entry": _speak_of_installation,
    "sandbox": _serve_sandbox,
    "self-check": _speak_of_installation,
    "tour": _tour,
    "verify-journal": _verify_journal,
}
