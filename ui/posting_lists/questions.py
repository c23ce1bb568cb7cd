"""What one answer elsewhere in the dialog would settle, and the words of the button that leads there."""

from dataclasses import dataclass
from enum import Enum

from app.messages import tr
from app.posting_lists.known_words import ColumnRole
from app.posting_lists.match_result import Doubt
from ui.posting_lists.view_model import ListRow


class Field(Enum):
    """Where the answer is given."""

    MEANING = "meaning"
    LISTED = "listed"
    ROLE = "role"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class Question:
    """`word` is the status that has no meaning yet, as the list writes it; `role` the one that has no column."""

    field: Field
    word: str = ""
    role: ColumnRole = ColumnRole.STATUS


LISTED = Question(Field.LISTED)
POSTING_DATE = Question(Field.ROLE, role=ColumnRole.POSTING_DATE)


def question_of(row: ListRow) -> Question | None:
    """What would settle a doubt about the row; None where nothing but the row itself can."""
    if row.row is None:
        return None
    doubts, rows = row.review.matched.result[row.row].doubts, row.review.matched.rows
    if Doubt.LETTERS_DAMAGED in doubts:
        return Question(Field.ENCODING) if row.review.matched.source.encoding else None
    if rows.is_of_several_lines(row.row):
        return None
    if Doubt.STATUS_UNKNOWN in doubts or (Doubt.STATUS_MISSING in doubts and rows.has_statuses):
        return Question(Field.MEANING, row.said(ColumnRole.STATUS))
    return LISTED if Doubt.STATUS_MISSING in doubts else None


def question_words(question: Question) -> str:
    match question.field:
        case Field.MEANING if question.word:
            return tr("Say what '{word}' means…", word=question.word)
        case Field.MEANING:
            return tr("Say what an empty status means…")
        case Field.LISTED:
            return tr("Say whether all of it is posted…")
        case Field.ENCODING:
            return tr("Choose another encoding…")
        case Field.ROLE:
            return tr("Say which column it is…")
