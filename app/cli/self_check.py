"""`signoff self-check`: whether this very installation works, in words or as JSON."""

import argparse
import json

from app.cli import text
from app.composition.self_check import self_check
from app.self_check.findings import report_document, report_text


def check(arguments: argparse.Namespace) -> tuple[bool, str]:
    """Whether all works, and what to print about it."""
    report = self_check(with_window=arguments.window)
    words = json.dumps(report_document(report), indent=2) if arguments.json else text.harmless(report_text(report))
    return report.first_failure is None, words
