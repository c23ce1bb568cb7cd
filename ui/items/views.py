"""Named views of the table: what is searched, which statuses, which columns in which order."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu

from app.errors import SettingsProblem
from app.messages import tr
from app.settings.views import View, Views
from ui.items.page import ItemsPage
from ui.tables.layout import ColumnLayout
from ui.theme.status import StatusLook


class ViewStore(Protocol):
    def read(self) -> tuple[Views, SettingsProblem | None]: ...

    def change(self, how: Callable[[Views], Views]) -> Views:
        """What is stored now, changed. Raises SettingsProblem."""


class ViewsPresenter(QObject):
    """The table as it was left comes back; named views are in the menu. `on_problem` shows what cannot be kept."""

    def __init__(
        self, page: ItemsPage, menu: QMenu, store: ViewStore, on_problem: Callable[[SettingsProblem], None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._menu = menu
        self._store = store
        self._on_problem = on_problem
        self._views, problem = store.read()
        if problem:
            on_problem(problem)
        self._is_in_menu = False
        self._show_layout()
        page.table.layout_changed.connect(self._keep_layout)

    def show_menu(self) -> None:
        """The views are of all companies: what was changed beside another's table holds here too."""
        if self._is_in_menu:
            return
        self._is_in_menu = True
        left, (self._views, _) = self._views.last, self._store.read()
        if self._views.last != left:
            self._show_layout()
        self._menu.aboutToShow.connect(self._fill_menu)
        self._fill_menu()

    def hide_menu(self) -> None:
        """A change that has not come to rest yet is kept too."""
        if not self._is_in_menu:
            return
        self._is_in_menu = False
        self._keep_layout()
        self._menu.aboutToShow.disconnect(self._fill_menu)
        self._menu.clear()

    def _show_layout(self) -> None:
        self._page.table.apply_column_layout(ColumnLayout.from_dict(self._views.last.columns))
        self._kept_layout = self._page.table.column_layout()

    def read_again(self) -> None:
        """An import has changed what is stored."""
        self._views, _ = self._store.read()

    def names(self) -> tuple[str, ...]:
        return tuple(view.name for view in self._views.named)

    def show(self, name: str) -> None:
        view = self._views.view(name)
        if view is None:
            return
        self._page.set_filter(view.query, [look for look in StatusLook if look.name.lower() in view.looks])
        self._page.table.apply_column_layout(ColumnLayout.from_dict(view.columns))

    def save(self, name: str) -> None:
        """What is on screen under this name, in place of an older view of it."""
        if name.strip():
            seen = self._seen(name.strip())
            self._keep(lambda views: views.with_view(seen))

    def remove(self, name: str) -> None:
        self._keep(lambda views: views.without(name))

    def ask_for_name(self) -> None:
        dialog = QInputDialog(self._page.window())
        dialog.setObjectName("viewName")
        dialog.setWindowTitle(tr("Save view"))
        dialog.setLabelText(tr("Name of the view:"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.textValueSelected.connect(self.save)
        dialog.open()

    def _seen(self, name: str) -> View:
        wanted = self._page.filter()
        looks = tuple(look.name.lower() for look in StatusLook if look in wanted.looks)
        return View(name, wanted.query, looks, self._page.table.column_layout().to_dict())

    def _keep_layout(self) -> None:
        layout = self._page.table.column_layout()
        if layout != self._kept_layout:
            self._kept_layout = layout
            self._keep(lambda views: views.with_last(View("", columns=layout.to_dict())))

    def _reset_columns(self) -> None:
        self._page.table.reset_columns()
        self._keep_layout()

    def _keep(self, how: Callable[[Views], Views]) -> None:
        self._views = how(self._views)
        try:
            self._views = self._store.change(how)
        except SettingsProblem as problem:
            self._on_problem(problem)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for name in self.names():
            self._menu.addAction(name.replace("&", "&&"), partial(self.show, name))
        if self.names():
            self._menu.addSeparator()
        self._menu.addAction(tr("&Save this view…"), self.ask_for_name)
        removal = self._menu.addMenu(tr("&Remove"))
        removal.setEnabled(bool(self.names()))
        for name in self.names():
            removal.addAction(name.replace("&", "&&"), partial(self.remove, name))
        self._menu.addAction(tr("Reset &columns"), self._reset_columns)
