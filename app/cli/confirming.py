"""A journal in doubt on the command line: how it is confirmed, by whoever looked in Pleo."""

import argparse
import shlex

from app.completion.release import Witness
from app.composition.services import Services
from app.errors import JournalInDoubt, UsageProblem
from app.messages import said
from app.models.vocabulary import JobId


async def confirm_journal(services: Services, arguments: argparse.Namespace) -> None:
    """Where --confirm-journal says so. Raises UsageProblem unless all of it is said, and JournalInDoubt where something
    else is found than the code names."""
    given = (arguments.confirm_journal, arguments.looked_by, arguments.saw)
    if not any(given):
        return
    if not all(given) or not arguments.yes:
        raise UsageProblem(
            said("A journal is confirmed with --yes, --confirm-journal, --looked-by and --saw together"),
            advice=said("Nothing was sent. The code is in the message that asks for it."),
        )
    witness = Witness(arguments.looked_by, arguments.saw)
    await services.completion.confirm_journal(JobId(arguments.job_id), arguments.confirm_journal, witness)


def how_to_confirm(command: str, job_id: str, problem: JournalInDoubt) -> str:
    command = f"signoff {command} {shlex.quote(job_id)} …"
    command += f" --yes --confirm-journal {problem.code} --looked-by NAME --saw TEXT"
    return said("To confirm exactly this: {command}", command=command)
