"""By what names of files end that are lists, and those of files that are told apart and refused with a way out."""

from typing import Final

READ: Final = ("csv", "txt", "tsv", "tab", "asc", "dat", "prn", "xlsx", "xls", "xlsb", "ods")
# SIE, SAF-T, SYLK, DIF, a bank's files, mails, and what else carries a list that has to be saved or exported first.
NAMED: Final = (
    *("se", "si", "sie", "xml", "xbrl", "slk", "dif", "ofx", "qfx", "qbo", "qif", "sta", "940", "mt940", "camt"),
    *("eml", "emlx", "msg", "mht", "mhtml", "html", "htm", "json", "xlsm", "numbers", "pdf", "zip", "gz", "7z", "rar"),
    *("rtf", "doc", "docx", "parquet", "sqlite", "pgp", "png", "jpg", "jpeg"),
)
