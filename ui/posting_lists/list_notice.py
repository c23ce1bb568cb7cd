"""What a person is told of a list as a whole, above its rows."""

from app.messages import ntr, shown, spoken_language, tr
from app.posting_lists.acceptance import MatchedList
from app.posting_lists.list_problems import says_nothing_of_postings, warnings


def list_words(matched: MatchedList) -> tuple[str, str]:
    """What heads the result as a warning, and what is said beside it of the list as a whole."""
    sentences = []
    if says_nothing_of_postings(matched.rows, matched.result):
        sentences.append(
            tr(
                "No row says whether it is posted. "
                "If everything that is listed here is, say so under Columns and words."
            )
        )
    under = matched.rows.left_out
    if under:
        sentences.append(
            ntr(
                "Left out, because it stands under the list: row {rows}.",
                "Left out, because it stands under the list: rows {rows}.",
                len(under),
                rows=", ".join(f"{spoken_language().number(each.number)} ({each.text[:60]})" for each in under),
            )
        )
    return " ".join(map(shown, warnings(matched.source, matched.rows, matched.result))), " ".join(sentences)
