"""`signoff release`: what stays unknown is taken out of the wait, on the word of somebody who looked in Pleo."""

import argparse

from app.cli import documents, text
from app.cli.exit_codes import DONE, USAGE
from app.cli.output import print_json, say, say_step
from app.completion.attempt import Outcome
from app.completion.release import Witness
from app.composition.services import Services
from app.errors import NotReleased
from app.messages import nsaid, said
from app.models.vocabulary import JobId
from app.outcomes.service import UpdateResult


async def release(services: Services, arguments: argparse.Namespace) -> int:
    """Raises NotReleased where neither an event nor outcomes of the job were unknown, or all of it not long enough."""
    job_id, witness = JobId(arguments.job_id), Witness(arguments.by, arguments.saw)
    if not arguments.yes:
        say(said("Nothing was released. Look at the job in Pleo first, then add --yes."))
        return USAGE
    outcomes: tuple[Outcome, ...] = ()
    updated = UpdateResult()
    refusals: list[NotReleased] = []
    try:
        outcomes = await services.completion.release(job_id, witness, say_step)
    except NotReleased as problem:
        refusals.append(problem)
    try:
        updated = await services.updates.release(job_id, witness)
    except NotReleased as problem:
        refusals.append(problem)
    too_early = [problem for problem in refusals if problem.due]
    if len(refusals) == 2:
        raise (too_early or refusals)[0]
    if arguments.json:
        print_json(documents.release_document(job_id, outcomes, updated))
    for outcome in outcomes:
        say(text.outcome_text(outcome))
    if updated.released:
        say(
            nsaid(
                "Released: {n:,} outcome. What Pleo does not show can be sent again.",
                "Released: {n:,} outcomes. What Pleo does not show can be sent again.",
                len(updated.released),
            )
        )
    for wait in too_early:
        say(text.problem_text(wait))
    return DONE
