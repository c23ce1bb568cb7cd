"""The table with 100,000 rows and 10 columns at 1280×720, beside what Qt's stock parts take in the same run.

Time runs from the act until the window is painted again. Only ratios are bars: the machine may be slow.
"""

import gc
import random
from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import perf_counter

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEventLoop,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtSql import QSqlDatabase, QSqlQuery, QSqlQueryModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from app.review.search import SearchColumn, SearchIndex
from ui.tables.column import Align, Column
from ui.tables.model import RecordTableModel
from ui.tables.view import RecordTableView
from ui.theme.apply import apply_theme
from ui.theme.metrics import figures_font, row_height
from ui.theme.tokens import Scheme

ROWS = 100_000
RUNS = 9
_TYPED = "hetzner"
STOCK_RUNS = 1
_NAMES = ("SAS AB", "Hetzner Online", "Östberg & Söner", "Ägir", "GitHub", "apoteket", "Café Noir", "Zalando SE")
_TITLES = ("Status", "Date", "Supplier", "Amount", "Person", "Reason", "Account", "Team", "Note", "Entry")
_WIDTHS = (112, 96, 144, 112, 128, 232, 160, 96, 112, 144)

Row = tuple[object, ...]
Figure = dict[str, object]


def figures() -> list[Figure]:
    """One line for each bar. Typing is measured as it happens, letter by letter; the first looks at all rows."""
    app = QApplication.instance() or QApplication([])
    apply_theme(app, Scheme.LIGHT)
    rows = _rows()
    gc.collect()
    gc.freeze()
    try:
        ours, stock = _Ours(rows), _Stock(rows)
        return [*_search(ours, stock), *_sort(ours, stock), _scroll(ours, rows), *_select_all(ours)]
    finally:
        gc.unfreeze()


class _Ours:
    def __init__(self, rows: list[Row]) -> None:
        self.model = RecordTableModel(_columns(), lambda row: row[-1])
        self.view = RecordTableView()
        self.view.setModel(self.model)
        self.model.set_rows(rows)
        self.index = SearchIndex([SearchColumn(each.key, each.title, (), each.text) for each in self.model.columns])
        for _ in self.index.build(rows):
            pass
        for _ in self.model.sort_slices():
            pass
        _show(self.view)

    def frame_ms(self) -> float:
        """A full repaint of what is on screen now."""
        return median(_measured(self.view, lambda: None) for _ in range(RUNS))

    def search(self, words: str) -> None:
        self.model.show_positions(self.index.positions(words))


class _Stock:
    def __init__(self, rows: list[Row]) -> None:
        self._source = _PlainModel(rows)
        self.proxy = QSortFilterProxyModel()
        self.proxy.setSourceModel(self._source)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proxy.setSortLocaleAware(True)
        self.view = _plain_view(self.proxy)


class _PlainModel(QAbstractTableModel):
    """What one writes first: the values, asked for one at a time."""

    def __init__(self, rows: list[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self._rows[index.row()][index.column()]
        return float(value) if isinstance(value, Decimal) else value


def _search(ours: _Ours, stock: _Stock) -> list[Figure]:
    typed = [_TYPED[:length] for length in range(1, len(_TYPED) + 1)] * 3
    mine, frames = [], []
    for words in typed:
        mine.append(_measured(ours.view, lambda words=words: ours.search(words)))
        frames.append(ours.frame_ms())
    ours.model.show_positions(None)
    theirs = median(
        _measured(stock.view, lambda: stock.proxy.setFilterFixedString(_TYPED[:3])) for _ in range(STOCK_RUNS)
    )
    stock.proxy.setFilterFixedString("")
    return [
        _figure("keystroke in the search until repainted, ms", median(mine), theirs, 1 / 100),
        _figure("keystroke in the search, against a full repaint, ms", median(mine), median(frames), 2.5),
    ]


def _sort(ours: _Ours, stock: _Stock) -> list[Figure]:
    ours.view.select_ids(range(100, 200))
    selected = set(ours.view.selected_ids())
    lines = []
    for name, column in (("Supplier (text)", 2), ("Amount", 3), ("Reason (100,000 different texts)", 5)):
        mine = []
        for run in range(RUNS):
            order = Qt.SortOrder.AscendingOrder if run % 2 else Qt.SortOrder.DescendingOrder
            mine.append(_measured(ours.view, lambda order=order, c=column: ours.view.sortByColumn(c, order)))
        theirs = _measured(stock.view, lambda c=column: stock.proxy.sort(c, Qt.SortOrder.AscendingOrder))
        lines.append(_figure(f"sort by {name} until repainted, ms", median(mine), theirs, 1 / 100))
    stock.proxy.sort(-1)
    ours.model.sort(-1)
    kept = set(ours.view.selected_ids()) == selected
    lines.append({**_figure("rows no longer selected after all sorts", float(not kept), 1.0, 0.0)})
    return lines


def _scroll(ours: _Ours, rows: list[Row]) -> Figure:
    database = _database(rows)
    reference = QSqlQueryModel()
    reference.setQuery(QSqlQuery("SELECT * FROM items", database))
    while reference.canFetchMore():
        reference.fetchMore()
    theirs = _plain_view(reference)
    mine_ms, theirs_ms = [], []
    for _ in range(3):  # by turns, so that a busy machine is fair to both
        mine_ms.append(_scrolled(ours.view))
        theirs_ms.append(_scrolled(theirs))
    return _figure("scroll by a page, a frame, ms (Qt's C++ SQL model)", median(mine_ms), median(theirs_ms), 1.3)


def _select_all(ours: _Ours) -> list[Figure]:
    def all_rows() -> None:
        ours.view.clearSelection()
        ours.view.selectAll()

    everything = median(_measured(ours.view, all_rows) for _ in range(RUNS))
    ours.model.show_positions(list(range(0, ROWS, 2)))
    ours.view.selectAll()
    scattered = _measured(ours.view, lambda: ours.model.show_positions(None))
    ours.view.clearSelection()
    return [
        _figure("select all until repainted, against a full repaint, ms", everything, ours.frame_ms(), 3.0),
        _figure("filter lifted, 50,000 scattered rows stay selected, ms (of 100)", scattered, 100.0, 1.0),
    ]


def _scrolled(view: QTableView) -> float:
    """The median of a hundred pages, each another place of the list."""
    bar = view.verticalScrollBar()
    places = [bar.maximum() * step // 100 for step in range(100)]
    return median(_measured(view, lambda place=place: bar.setValue(place)) for place in places)


def _measured(view: QTableView, act: Callable[[], object]) -> float:
    """Milliseconds until the whole table is painted again, once: header and bars go with the rows."""
    _settle()
    start = perf_counter()
    act()
    for part in (view.horizontalHeader().viewport(), view.verticalScrollBar()):
        part.update()
    view.viewport().repaint()
    return (perf_counter() - start) * 1000


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def _plain_view(model: QAbstractItemModel) -> QTableView:
    """Qt's own view with Qt's own delegate, looking the same."""
    view = QTableView()
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setFont(figures_font(view.font()))
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(row_height(view.font()))
    for place, width in enumerate(_WIDTHS):
        view.setColumnWidth(place, width)
    _show(view)
    return view


def _show(view: QTableView) -> None:
    view.resize(1280, 720)
    view.show()
    QTest.qWaitForWindowExposed(view)


def _columns() -> list[Column[Row]]:
    return [
        Column(
            title.lower(),
            title,
            lambda row, place=place: row[place],
            lambda row, place=place: str(row[place]),
            align=Align.END if title == "Amount" else Align.START,
            width=width,
        )
        for place, (title, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True))
    ]


def _rows() -> list[Row]:
    chance = random.Random(20251121)
    return [
        (
            chance.choice(("Failed", "Pending", "Successful", "Abandoned")),
            f"{1 + number % 28:02} Nov 2025",
            f"{chance.choice(_NAMES)} {chance.randrange(3000)}",
            Decimal(chance.randrange(-(10**7), 10**7)) / 100,
            f"Person {chance.randrange(400)}",
            f"Konto {chance.randrange(10**6)} finns inte i kontoplanen ({number})",
            f"{chance.randrange(4000, 8000)} Travel",
            f"Team {chance.randrange(40)}",
            f"Note {chance.randrange(10**4)}",
            number,
        )
        for number in range(ROWS)
    ]


def _database(rows: list[Row]) -> QSqlDatabase:
    database = QSqlDatabase.addDatabase("QSQLITE", "table_speed")
    database.setDatabaseName(":memory:")
    database.open()
    names = ", ".join(f"{title.lower()}_" for title in _TITLES)
    QSqlQuery(f"CREATE TABLE items ({names})", database)
    insert = QSqlQuery(database)
    insert.prepare(f"INSERT INTO items VALUES ({', '.join('?' * len(_TITLES))})")
    database.transaction()
    for row in rows:
        for place, value in enumerate(row):
            insert.bindValue(place, float(value) if isinstance(value, Decimal) else value)
        insert.exec()
    database.commit()
    return database


def _figure(figure: str, ours: float, reference: float, bar: float) -> Figure:
    ratio = ours / reference
    return {
        "figure": figure,
        "ours": round(ours, 2),
        "reference": round(reference, 2),
        "ratio": round(ratio, 5),
        "bar": bar,
        "holds": ratio <= bar,
    }


if __name__ == "__main__":
    for line in figures():
        print(line)
