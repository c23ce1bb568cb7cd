"""Named views between the page, the menu and the store."""

from collections.abc import Callable

import pytest
from fakes.builders import entry_id, items_of
from fakes.words import ENGLISH
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.errors import SettingsProblem
from app.settings.views import View, Views
from ui.items.columns import item_columns
from ui.items.page import ItemsPage
from ui.items.view_model import item_rows
from ui.items.views import ViewsPresenter
from ui.theme.status import StatusLook


class Store:
    """`damage` is what a read meets, `trouble` what a write meets."""

    def __init__(self, views: Views | None = None) -> None:
        self.views = views or Views()
        self.damage: SettingsProblem | None = None
        self.trouble: SettingsProblem | None = None
        self.writes = 0

    def read(self) -> tuple[Views, SettingsProblem | None]:
        return self.views, self.damage

    def change(self, how: Callable[[Views], Views]) -> Views:
        if self.trouble:
            raise self.trouble
        self.views = how(self.views)
        self.writes += 1
        return self.views


class Screen:
    def __init__(self, qtbot: QtBot, store: Store) -> None:
        self.store = store
        self.problems: list[SettingsProblem] = []
        self.page = ItemsPage(item_columns(ENGLISH))
        qtbot.addWidget(self.page)
        self.menu = QMenu(self.page)
        self.page.show_rows(item_rows(items_of("failed", "successful"), {}), same_job=False)
        self.views = ViewsPresenter(self.page, self.menu, store, self.problems.append)
        self.views.show_menu()

    def entries(self) -> dict[str, QAction]:
        self.menu.aboutToShow.emit()
        return {action.text(): action for action in self.menu.actions() if action.text()}


def test_a_view_says_search_statuses_and_columns(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store())
    screen.page.set_filter("sas", [StatusLook.FAILED])
    screen.views.save(" Mine ")
    (view,) = screen.store.views.named
    assert (view.name, view.query, view.looks) == ("Mine", "sas", ("failed",))
    assert view.columns["shown"] == tuple(column.key for column in item_columns(ENGLISH) if column.shown)


def test_a_view_without_a_name_is_not_saved(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store())
    screen.views.save("  ")
    assert screen.store.writes == 0


def test_showing_a_view_lifts_what_it_does_not_ask_for(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store(Views((View("All of SAS", "sas"),))))
    screen.page.filter_by_cause([entry_id(0)], "Account unknown")
    screen.page.chips[StatusLook.FAILED].setChecked(True)
    lifted: list[bool] = []
    screen.page.cause_cleared.connect(lambda: lifted.append(True))
    screen.entries()["All of SAS"].trigger()
    assert screen.page.filter().described() == "“sas”"
    assert lifted == [True]


def test_a_view_of_another_release_is_shown_as_far_as_it_is_known(qtbot: QtBot) -> None:
    view = View("Old", "x", ("failed", "gone"), {"shown": ["amount", "moon"], "widths": "wide", "sort": 7})
    screen = Screen(qtbot, Store(Views((view,))))
    screen.views.show("Old")
    assert screen.page.filter().looks == {StatusLook.FAILED}
    assert screen.page.table.column_layout().shown == ("amount",)


def test_the_name_of_a_view_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store(Views((View("SAS & co"), View("<b>bold</b>")))))
    assert {"SAS && co", "<b>bold</b>"} <= set(screen.entries())


def test_a_removed_view_is_gone_from_menu_and_store(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store(Views((View("Mine"), View("Other")))))
    screen.views.remove("Mine")
    assert "Mine" not in screen.entries()
    assert [view.name for view in screen.store.views.named] == ["Other"]


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_damaged_store_is_said_once_and_views_can_be_saved_from_then_on(qtbot: QtBot, *, is_damaged: bool) -> None:
    store = Store()
    store.damage = SettingsProblem("The saved views are damaged") if is_damaged else None
    screen = Screen(qtbot, store)
    assert screen.problems == ([store.damage] if is_damaged else [])
    assert list(screen.entries()) == ["&Save this view…", "&Remove", "Reset &columns"]
    screen.views.save("New")
    assert "New" in screen.entries()


def test_a_view_that_cannot_be_written_is_said_and_stays_for_this_session(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store())
    screen.store.trouble = SettingsProblem("The disk is full")
    screen.views.save("Mine")
    assert screen.problems == [screen.store.trouble]
    assert "Mine" in screen.entries()


def test_columns_are_kept_at_the_close_even_before_they_have_come_to_rest(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store())
    header = screen.page.table.horizontalHeader()
    header.moveSection(header.visualIndex(screen.page.model.column_of("amount")), 0)
    screen.views.hide_menu()
    again = Screen(qtbot, screen.store)
    assert again.page.table.column_layout().order[0] == "amount"


def test_nothing_is_written_where_nothing_was_changed(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store())
    screen.views.hide_menu()
    assert screen.store.writes == 0


def test_columns_that_were_reset_stay_reset(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Store(Views(last=View("", columns={"shown": ["amount"]}))))
    assert screen.page.table.column_layout().shown == ("amount",)
    screen.entries()["Reset &columns"].trigger()
    assert len(Screen(qtbot, screen.store).page.table.column_layout().shown) == sum(
        column.shown for column in item_columns(ENGLISH)
    )
