"""What a self-check found, in words for a person and as JSON for a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.messages import Said, joined, said


class Verdict(Enum):
    PASSED = "passed"
    NOTED = "noted"  # works, with something to know about it
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`part` is what was tried, `words` what came of it."""

    part: str
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order in which they were tried."""

    version: str
    program: str
    findings: tuple[Finding, ...]

    @property
    def first_failure(self) -> Finding | None:
        return next((found for found in self.findings if found.verdict is Verdict.FAILED), None)


def passed(part: str, words: str) -> Finding:
    return Finding(part, Verdict.PASSED, words)


def noted(part: str, words: str) -> Finding:
    return Finding(part, Verdict.NOTED, words)


def failed(part: str, words: str) -> Finding:
    return Finding(part, Verdict.FAILED, words)


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    return [_line(found.verdict, joined(": ", (found.part, found.words))) for found in findings]


def _line(verdict: Verdict, finding: Said) -> Said:
    # Translators: the words before the findings fill eight places each, so that the findings stand below each other.
    match verdict:
        case Verdict.PASSED:
            return said("ok      {finding}", finding=finding)
        case Verdict.NOTED:
            return said("note    {finding}", finding=finding)
        case Verdict.FAILED:
            return said("FAILED  {finding}", finding=finding)


def report_text(report: Report) -> str:
    """The lines, and last the verdict: the first thing that fails, or that nothing did."""
    failure = report.first_failure
    verdict = (
        joined(" ", (said("This installation does not work."), joined(": ", (failure.part, failure.words))))
        if failure
        else said("This installation works.")
    )
    program = joined("", (f"Signoff {report.version}, ", report.program))
    return joined("\n", [program, *finding_lines(report.findings), "", verdict])


def report_document(report: Report) -> dict[str, Any]:
    failure = report.first_failure
    return {
        "version": report.version,
        "program": report.program,
        "works": failure is None,
        "first_failure": failure and {"part": failure.part, "words": failure.words},
        "findings": [
            {"part": found.part, "verdict": found.verdict.value, "words": found.words} for found in report.findings
        ],
    }
