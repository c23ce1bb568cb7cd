"""Which files the dialog offers to open: lists first, then what Signoff names with a way out, then all."""

from app.messages import tr
from app.posting_lists.file_endings import NAMED, READ


def file_filters() -> str:
    """As QFileDialog takes them."""
    lists, others, everything = tr("Posting lists"), tr("Other exports, mails and workbooks"), tr("All files")
    return ";;".join((f"{lists} ({_patterns(READ)})", f"{others} ({_patterns(NAMED)})", f"{everything} (*)"))


def _patterns(endings: tuple[str, ...]) -> str:
    return " ".join(f"*.{ending}" for ending in endings)
