"""What can be said on the command line."""

import argparse
from collections.abc import Callable, Sequence

from app.models.vocabulary import JOB_FAILURES
from app.platform.languages import known_languages

_EXIT_CODES = """\
exit codes: 0 done; 2 wrong usage; 3 not ready; 4 refused by Pleo; 5 outcome unknown; 6 not reachable;
7 not signed in or not allowed

Where several connections are stored, --connection names one. Without any, SIGNOFF_BASE_URL, SIGNOFF_API_KEY or
SIGNOFF_ACCESS_TOKEN, and SIGNOFF_COMPANY_ID are used.
SIGNOFF_DATA_DIR moves all that the program writes. SIGNOFF_PATIENCE is for how many seconds a job is read at once
after an answer that was lost (15.5); SIGNOFF_SETTLE_SECONDS how many seconds after a send an unchanged job proves that
nothing arrived (the setting, 120).
"""


class _Names:
    """Spelled out only where the help is shown: the names stand in data that a start need not read."""

    def __init__(self, names: Callable[[], Sequence[str]]) -> None:
        self._names = names

    def __str__(self) -> str:
        return ", ".join(self._names())


def parsed(argv: Sequence[str], scenarios: Callable[[], Sequence[str]]) -> argparse.Namespace:
    """`command` is None where the window is wanted. Exits with 2 for wrong usage, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="signoff",
        description="Review Pleo export jobs and complete them, once, with the event their items imply.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sandbox = parser.add_argument("--sandbox", nargs="?", const="everyday", metavar="SCENARIO")
    _name_in_help(sandbox, scenarios, "open the window on the built-in sandbox: ")
    language = parser.add_argument("--language", metavar="CODE", type=_language)
    _name_in_help(language, lambda: tuple(known_languages()), "speak it, whatever is set: ")
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_job_commands(commands)
    _add_sandbox(commands, scenarios)
    commands.add_parser("verify-journal", help="prove that no row was changed or removed (exit 1: broken)")
    check = commands.add_parser("self-check", help="try each part of this installation (exit 1: one does not work)")
    check.add_argument("--window", action="store_true", help="draw the window too, which flashes up")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    entry = commands.add_parser("install-desktop-entry", help="put Signoff into the menu of a Linux desktop")
    entry.add_argument("--remove", action="store_true", help="take it out again")
    commands.add_parser("first-frame")  # not listed: `self-check --window` runs it
    commands.add_parser("tour", help="walk through the main job on the sandbox, without a window")
    return parser.parse_args(argv)


def _name_in_help(action: argparse.Action, names: Callable[[], Sequence[str]], before: str = "") -> None:
    """Only once the argument is there: from Python 3.14 on, adding it spells its help out."""
    action.names = _Names(names)  # type: ignore[attr-defined]  # for %(names)s
    action.help = f"{before}%(names)s"


def _language(code: str) -> str:
    if code not in known_languages():
        raise argparse.ArgumentTypeError(f"is none of {', '.join(known_languages())}")
    return code


def _not_blank(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be blank")
    if not text.isascii() and text != text.encode(errors="replace").decode():
        # Bytes of another encoding arrive as halves of characters, which can be neither sent nor written down.
        raise argparse.ArgumentTypeError("holds bytes that are not text in this system's encoding")
    return text.strip()


def _add_job_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    json = argparse.ArgumentParser(add_help=False)
    json.add_argument("--json", action="store_true", help="print one JSON object")
    json.add_argument("--connection", metavar="NAME", help="the stored connection, where there are several")
    job = argparse.ArgumentParser(add_help=False)
    job.add_argument("job_id", metavar="JOB", type=_not_blank, help="the id of the export job")
    sends = argparse.ArgumentParser(add_help=False)
    sends.add_argument("--yes", action="store_true", help="send it; without this nothing is sent")

    confirms = argparse.ArgumentParser(add_help=False)
    confirms.add_argument(
        "--confirm-journal",
        metavar="CODE",
        type=_not_blank,
        help="go on from a journal in doubt: the code is in the message that asks for it",
    )
    confirms.add_argument("--looked-by", metavar="NAME", type=_not_blank, help="who looked in Pleo then")
    confirms.add_argument("--saw", metavar="TEXT", type=_not_blank, help="what Pleo shows of the job")

    jobs = commands.add_parser("jobs", parents=[json], help="list export jobs")
    jobs.add_argument("--all", action="store_true", help="finished jobs too")
    commands.add_parser("show", parents=[job, json], help="one job with its items")
    commands.add_parser("preview", parents=[job, json], help="the event that would be sent, or what is missing")
    complete = commands.add_parser(
        "complete",
        parents=[sends, confirms, json],
        help="send the event that the items imply",
        description="Completes one job, or with --ready every job that needs no hand. Sends nothing without --yes.",
    )
    _add_which_jobs(complete)
    complete.add_argument(
        "--failure-reason", metavar="TEXT", type=_not_blank, help="the reason, where the event is failed"
    )
    complete.add_argument(
        "--failure-reason-type",
        metavar="TYPE",
        type=_not_blank,
        help=f"the type, where the event is failed: {', '.join(JOB_FAILURES)}",
    )
    complete.add_argument(
        "--confirmed-by",
        metavar="NAME",
        type=_not_blank,
        help="the second person, where the connection asks for four eyes and outcomes were reported by hand",
    )
    resolve = commands.add_parser(
        "resolve",
        parents=[job, confirms, json],
        help="what the accounting system's own list says of the job's items",
        description="Matches a posting list to the items of a job. Sends nothing without --yes.",
    )
    resolve.add_argument(
        "--from", dest="list_file", metavar="FILE", required=True, help="the list: CSV, XLSX, XLS, XLSB or ODS"
    )
    resolve.add_argument(
        "--encoding",
        metavar="NAME",
        type=_not_blank,
        help="that of a list of text, such as Windows-1250, where it is not told rightly from the file",
    )
    resolve.add_argument("--sheet", metavar="NAME", type=_not_blank, help="that of a workbook which holds the list")
    resolve.add_argument(
        "--map", dest="map_file", metavar="FILE", help="a TOML file that says what columns and status words mean"
    )
    resolve.add_argument(
        "--all-posted",
        action="store_true",
        help="everything that is listed is posted: for a ledger, which has neither statuses nor vouchers",
    )
    resolve.add_argument("--yes", action="store_true", help="send what matched and was not final")
    resolve.add_argument(
        "--by",
        metavar="NAME",
        type=_not_blank,
        help="who reports the outcomes, for the journal; needed with --yes where the connection asks for four eyes",
    )
    release = commands.add_parser(
        "release",
        parents=[job, json],
        help="take what stays unknown out of the wait, after somebody looked in Pleo",
        description="Sends nothing. What a fresh read still leaves unknown can be sent again afterwards.",
    )
    release.add_argument("--by", metavar="NAME", type=_not_blank, required=True, help="who looked in Pleo")
    release.add_argument("--saw", metavar="TEXT", type=_not_blank, required=True, help="what Pleo shows of the job")
    release.add_argument("--yes", action="store_true", help="release it; without this nothing is changed")
    timeline = commands.add_parser(
        "timeline",
        parents=[job],
        help="what happened to a job, from the journal alone: drafted, sent, answered, read back, by whom",
        description="Asks nobody: what this computer's journal holds, also of jobs that ended long ago.",
    )
    timeline.add_argument("--item", metavar="ENTRY", type=_not_blank, help="only what was reported for this item")
    timeline.add_argument("--json", action="store_true", help="print one JSON object")
    start = commands.add_parser("start", parents=[job, sends, confirms, json], help="start a pending job")
    start.set_defaults(confirmed_by=None)


def _add_which_jobs(complete: argparse.ArgumentParser) -> None:
    which = complete.add_mutually_exclusive_group(required=True)
    which.add_argument("job_id", metavar="JOB", nargs="?", type=_not_blank, help="the id of the export job")
    which.add_argument(
        "--ready", action="store_true", help="all jobs that can be completed with nobody looking, oldest first"
    )
    ready = complete.add_argument_group("with --ready")
    ready.add_argument("--company", metavar="NAME", type=_not_blank, help="only those of this company, by name or id")
    ready.add_argument("--with-errors", action="store_true", help="those with items that were not exported too")
    ready.add_argument("--set-by-hand", action="store_true", help="those with outcomes set by hand or from a list too")
    ready.add_argument("--go-on", action="store_true", help="go on with other companies after a surprise")
    ready.add_argument("--dry-run", action="store_true", help="only list what would be sent, whatever else is said")


def _add_sandbox(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", scenarios: Callable[[], Sequence[str]]
) -> None:
    sandbox = commands.add_parser("sandbox", help="serve the sandbox; its URL is the first line printed")
    sandbox.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    scenario = sandbox.add_argument("--scenario", default="everyday", metavar="NAME")
    _name_in_help(scenario, scenarios)
    sandbox.add_argument("--strict", action="store_true", help="refuse values outside the reference's closed lists")
    sandbox.add_argument(
        "--pace", type=float, default=2.5, metavar="SECONDS", help="how fast waiting items become final"
    )
    sandbox.add_argument("--stop-at-eof", action="store_true", help=argparse.SUPPRESS)
