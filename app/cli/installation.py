"""What commands say about this very installation: whether it works, and its place in the desktop's menu."""

import argparse
import json

from app.messages import joined, said
from app.platform.desktop_entry import install_desktop_entry, remove_desktop_entry


def answer(arguments: argparse.Namespace) -> tuple[bool, str]:
    """Whether all is well, and what to print. Raises SignoffError."""
    return _check(arguments) if arguments.command == "self-check" else (True, _desktop_entry(arguments))


def _check(arguments: argparse.Namespace) -> tuple[bool, str]:
    from app.composition.self_check import self_check
    from app.self_check.findings import report_document, report_text

    report = self_check(with_window=arguments.window)
    words = json.dumps(report_document(report), indent=2) if arguments.json else report_text(report)
    return report.first_failure is None, words


def _desktop_entry(arguments: argparse.Namespace) -> str:
    if arguments.remove:
        return joined("\n", (said("Removed: {path}", path=path) for path in remove_desktop_entry()))
    return joined("\n", (said("Written: {path}", path=path) for path in install_desktop_entry()))
