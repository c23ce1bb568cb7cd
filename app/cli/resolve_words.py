"""The short words in which `signoff resolve` names columns, rows and doubts. Pure."""

from collections.abc import Mapping
from typing import Final

from app.completion.pleos_words import item_word
from app.messages import said, said_as
from app.models.vocabulary import Item
from app.posting_lists.known_words import ColumnRole, StatusMeaning
from app.posting_lists.match_result import Doubt, MatchedBy, RowKind
from app.posting_lists.sentences import MATCHED_BY

# What a column of a list holds.
COLUMN_WORDS: Final[Mapping[ColumnRole, str]] = {
    ColumnRole.RECONCILIATION_ID: said_as("column", "reconciliation id"),
    ColumnRole.ENTRY_ID: said_as("column", "entry id"),
    ColumnRole.REFERENCE: said_as("column", "reference"),
    ColumnRole.TEXT: said_as("column", "text"),
    ColumnRole.STATUS: said_as("column", "status"),
    ColumnRole.VOUCHER: said_as("column", "voucher"),
    ColumnRole.LINK: said_as("column", "link"),
    ColumnRole.MESSAGE: said_as("column", "message"),
    ColumnRole.FAILURE_TYPE: said_as("column", "failure type"),
    ColumnRole.DATE: said_as("column", "date"),
    ColumnRole.POSTING_DATE: said_as("column", "posting date"),
    ColumnRole.AMOUNT: said_as("column", "amount"),
    ColumnRole.CREDIT: said_as("column", "credit"),
    ColumnRole.CURRENCY: said_as("column", "currency"),
}

MATCHED_BY_WORDS: Final[Mapping[MatchedBy, str]] = MATCHED_BY | {
    MatchedBy.DATE_AND_AMOUNT: said("date amount currency")
}

# What a row says of its item.
MEANING_WORDS: Final[Mapping[StatusMeaning, str]] = {
    StatusMeaning.SUCCESSFUL: item_word(Item.SUCCESSFUL),
    StatusMeaning.FAILED: item_word(Item.FAILED),
    # Translators: neither posted nor failed in the accounting system yet
    StatusMeaning.OPEN: said_as("item", "open"),
}

# Of a row that is about no item.
KIND_WORDS: Final[Mapping[RowKind, str]] = {
    RowKind.NOT_IN_JOB: said_as("row", "not in this job"),
    RowKind.NOT_RECOGNISED: said_as("row", "names no item"),
}

# Why a row is not taken, as shortly as a cell asks for; `sentences` says it whole.
DOUBT_WORDS: Final[Mapping[Doubt, str]] = {
    Doubt.LETTERS_DAMAGED: said("letters damaged"),
    Doubt.SEVERAL_ITEMS: said("several items"),
    Doubt.IDS_DISAGREE: said("ids disagree"),
    Doubt.ROWS_DISAGREE: said("rows disagree"),
    Doubt.AMOUNT_DIFFERS: said("amount differs"),
    Doubt.CURRENCY_DIFFERS: said("currency differs"),
    Doubt.AMOUNT_UNREADABLE: said("amount unreadable"),
    Doubt.AMOUNT_UNCHECKED: said("amount unchecked"),
    Doubt.STATUS_UNKNOWN: said("status unknown"),
    Doubt.STATUS_MISSING: said("status missing"),
    Doubt.DATE_IN_FUTURE: said("date in future"),
    Doubt.DATE_UNREADABLE: said("date unreadable"),
    Doubt.DATE_TOO_EARLY: said("date too early"),
    Doubt.TAKEN_BACK: said("taken back"),
    Doubt.DENIED: said("denied"),
    Doubt.STATUSES_DISAGREE: said("statuses disagree"),
    Doubt.MESSAGE_GIVEN: said("message given"),
    Doubt.VOUCHER_UNREADABLE: said("voucher unreadable"),
    Doubt.VOUCHER_OF_AN_ERROR: said("voucher of an error"),
    Doubt.NAMES_ANOTHER: said("names another"),
    Doubt.OPPOSITE_LINES: said("opposite lines"),
    Doubt.HIDDEN: said("hidden"),
    Doubt.STRUCK: said("struck"),
    Doubt.OVERLONG: said("overlong"),
    Doubt.NAMES_NOTHING: said("names nothing"),
}
