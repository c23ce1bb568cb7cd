"""Texts as an Englishman reads them, whatever the machine's locale."""

from PySide6.QtCore import QLocale

from ui.common.locale_format import LocaleFormat

ENGLISH = LocaleFormat(QLocale("en_GB"))
