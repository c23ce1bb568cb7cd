"""`signoff complete --ready` in words: what would be sent, what does not join, and what became of each job."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from app.cli import text
from app.completion.attempt import Outcome
from app.completion.outcome_text import as_sentence
from app.completion.preview import Preview
from app.completion.progress import Changed
from app.completion.ready_jobs import Judgement
from app.completion.together import Ended, JobResult
from app.messages import joined, nsaid, ntr, said, tr
from app.models.vocabulary import JobId
from app.review.control_totals import Sums

Named = tuple[Judgement, str]  # with the company's name


def listing_text(judgements: Sequence[Named], sums: Mapping[JobId, Sums], now: datetime) -> str:
    joining = [(each, company, each.preview) for each, company in judgements if each.preview]
    others = [(each, company) for each, company in judgements if not each.preview]
    parts = [ntr("{n:,} job can be completed together.", "{n:,} jobs can be completed together.", len(joining))]
    if joining:
        # Translators: AFTER JOB heads the job that is completed before; READ how long ago the job was read
        whose = (tr("JOB"), tr("COMPANY"), tr("EVENT"), tr("ITEMS"), tr("SUMS"))
        header = (*whose, tr("SET BY HAND"), tr("AFTER JOB"), tr("READ"))
        rows = [_joining_cells(each, company, preview, sums, now) for each, company, preview in joining]
        parts.append(text.table([header, *rows]))
    if others:
        parts.append(ntr("{n:,} job does not join:", "{n:,} jobs do not join:", len(others)))
        head = (tr("JOB"), tr("COMPANY"), tr("WHY NOT"))
        parts.append(text.table([head, *(_other_cells(each, company) for each, company in others)]))
    return "\n".join(parts)


def _joining_cells(
    judgement: Judgement, company: str, preview: Preview, sums: Mapping[JobId, Sums], now: datetime
) -> tuple[str, ...]:
    reading = judgement.reading
    seconds = max(0, int((now - preview.snapshot.read_at).total_seconds()))
    return (
        text.harmless(judgement.job_id),
        text.harmless(company),
        text.harmless(preview.event.event),
        text.counts_text(preview.tally),
        _sums_text(sums.get(judgement.job_id)),
        f"{reading.set_by_hand:,}" if reading.set_by_hand else "",
        text.harmless(judgement.older.id) if judgement.older else "",
        ntr("{n:,} second ago", "{n:,} seconds ago", seconds),
    )


def _sums_text(sums: Sums | None) -> str:
    if sums is None:
        return tr("not read")
    return ", ".join(f"{amount:f} {text.harmless(currency)}" for currency, amount in sums.items())


def _other_cells(judgement: Judgement, company: str) -> tuple[str, ...]:
    return text.harmless(judgement.job_id), text.harmless(company), text.harmless(_why_not(judgement))


def _why_not(judgement: Judgement) -> str:
    return joined("; ", judgement.why_not.sentences) if judgement.why_not else ""


def result_text(result: JobResult, company: str) -> str:
    """One line, or more where something has to be read."""
    whose = text.harmless(joined(", ", (result.judgement.job_id, company)))
    return f"{whose}: {text.harmless(_became(result))}"


def _became(result: JobResult) -> str:
    if result.ended is Ended.DOES_NOT_JOIN:
        return as_sentence(_why_not(result.judgement))
    if result.ended is Ended.NOT_TRIED:
        return said("Not tried.")
    if isinstance(result.found, Changed):
        changes = (*result.found.changes, *(blocker.message for blocker in result.found.blockers))
        told = said("Nothing was sent, because the job changed since it was previewed:")
        return joined("\n  - ", (told, *changes))
    if result.problem:
        return text.problem_text(result.problem)
    if isinstance(result.found, Outcome) and result.ended is Ended.CONFIRMED:
        return said("Confirmed: {event}", event=result.found.event.event)
    return text.outcome_text(result.found) if isinstance(result.found, Outcome) else ""


def totals_text(results: Iterable[JobResult]) -> str:
    counted = Counter(result.ended for result in results)
    done, strange = counted[Ended.CONFIRMED], counted[Ended.SURPRISE]
    left, untried = counted[Ended.DOES_NOT_JOIN], counted[Ended.NOT_TRIED]
    sentences = [nsaid("{n:,} job was completed.", "{n:,} jobs were completed.", done)]
    if strange:
        sentences.append(nsaid("{n:,} job has to be looked at.", "{n:,} jobs have to be looked at.", strange))
    if left:
        sentences.append(nsaid("{n:,} job did not join.", "{n:,} jobs did not join.", left))
    if untried:
        sentences.append(nsaid("{n:,} job was not tried.", "{n:,} jobs were not tried.", untried))
    return joined(" ", sentences)
