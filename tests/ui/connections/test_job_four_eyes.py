"""Whether the job on screen asks for four eyes: until it is known, and where the journal is silent, it does."""

import asyncio
from dataclasses import dataclass, field

from fakes.qt_loop import until

from app.errors import JournalProblem
from app.models.vocabulary import JobId
from ui.connections.job_four_eyes import JobFourEyes

ONE, OTHER = JobId("one"), JobId("other")


@dataclass
class FakeService:
    """Answers by what is asked for of each job, once it may; a job that is not in it has a damaged journal."""

    answers: dict[JobId, bool]
    four_eyes: bool = False
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[JobId] = field(default_factory=list)

    async def asks_for_four_eyes(self, job_id: JobId) -> bool:
        self.asked.append(job_id)
        await self.may_answer.wait()
        if job_id not in self.answers:
            raise JournalProblem("damaged")
        return self.answers[job_id]


async def test_they_are_asked_for_until_it_is_known_that_they_are_not() -> None:
    service = FakeService({ONE: False})
    eyes, told = JobFourEyes(service), []
    eyes.changed.connect(lambda: told.append(eyes.are_asked_for))
    eyes.show_job(ONE)
    await until(lambda: service.asked)
    assert eyes.are_asked_for
    service.may_answer.set()
    await until(lambda: not eyes.are_asked_for)
    assert told == [False]
    await eyes.aclose()


async def test_what_the_journal_asks_for_stays_though_the_connection_does_not() -> None:
    service = FakeService({ONE: True, OTHER: False})
    service.may_answer.set()
    eyes = JobFourEyes(service)
    eyes.show_job(OTHER)
    await until(lambda: not eyes.are_asked_for)
    eyes.show_job(ONE)
    assert eyes.are_asked_for, "the answer is another job's"
    await until(lambda: service.asked == [OTHER, ONE])
    await eyes.aclose()
    assert eyes.are_asked_for


async def test_a_late_answer_about_another_job_counts_for_nothing() -> None:
    service = FakeService({ONE: False, OTHER: True})
    eyes = JobFourEyes(service)
    eyes.show_job(ONE)
    await until(lambda: service.asked == [ONE])
    eyes.show_job(OTHER)
    await until(lambda: service.asked == [ONE, OTHER])
    service.may_answer.set()
    await until(lambda: not eyes._tasks.is_running("look"))
    assert eyes.are_asked_for
    await eyes.aclose()


async def test_a_journal_that_cannot_be_read_takes_nobody_at_their_login() -> None:
    service = FakeService({OTHER: False})
    service.may_answer.set()
    eyes = JobFourEyes(service)
    eyes.show_job(ONE)
    await until(lambda: service.asked)
    await until(lambda: not eyes._tasks.is_running("look"))
    assert eyes.are_asked_for
    await eyes.aclose()


async def test_a_connection_that_asks_for_them_needs_no_look_into_the_journal() -> None:
    service = FakeService({ONE: False}, four_eyes=True)
    service.may_answer.set()
    eyes = JobFourEyes(service)
    eyes.show_job(ONE)
    await asyncio.sleep(0)
    await eyes.aclose()
    assert eyes.are_asked_for
    assert service.asked == []
