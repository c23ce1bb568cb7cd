"""What stands in the status bar and at the icon in the tray, in English and where every message is in brackets."""

from fakes.bracketed_language import Bracketed, spoken

from app.settings.connections import Environment
from ui.connections.desktop_integration import tray_words
from ui.connections.place_words import place_words
from ui.connections.selection_sums import rows_words


def test_the_tray_says_how_many_jobs_need_someone_and_when_the_first_expires() -> None:
    assert tray_words(0, "") == "Signoff: Nothing needs you"
    assert tray_words(1, "") == "Signoff: 1 job needs someone"
    assert tray_words(2, "5 min left") == "Signoff: 2 jobs need someone, the next has 5 min left"


def test_the_status_bar_counts_rows_says_why_some_are_hidden_and_how_many_are_chosen() -> None:
    assert rows_words(3, 1200, "", 1) == "3 of 1,200 rows"
    assert rows_words(3, 1200, "failed · “x”", 2) == "3 of 1,200 rows · only failed · “x” · 2 selected"


def test_all_of_it_is_said_in_the_users_language() -> None:
    with spoken(Bracketed()):
        assert tray_words(2, "⟦x⟧") == "⟦Signoff: 2 jobs need someone, the next has ⟦x⟧⟧"
        assert rows_words(3, 1200, "⟦y⟧", 2) == "⟦3 of 1,200 rows⟧ · ⟦only ⟦y⟧⟧ · ⟦2 selected⟧"
        assert place_words("Acme", Environment.PRODUCTION, "h").title == "⟦Signoff · Acme · production⟧"
        assert place_words("Acme", Environment.STAGING, "h").banner.startswith("⟦Pleo's staging")
