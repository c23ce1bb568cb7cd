"""Finds what is cut off in a window: words that do not fit their place, and places that nobody gets to see."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QStyleOptionViewItem,
    QTabBar,
    QToolButton,
    QWidget,
)

from ui.widgets.cards import CardDelegate
from ui.widgets.plain_label import BREAK, PlainLabel
from ui.widgets.plain_text import PlainText

# What rounding, and letters that lean over, take.
_SLACK = 2
_NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_WITH_WORDS = (QLabel, QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QTabBar, PlainText)
_BLOCKS = (*_WITH_WORDS, QAbstractScrollArea, QFrame)


def cut_off(window: QWidget) -> list[str]:
    """What somebody could not read whole, a sentence each; what scrolls into sight is not meant.

    Texts of others, such as a supplier's name, may be shortened where the whole can be asked for: of labels that
    shorten, only our own words count, which a language that puts them in brackets tells apart.
    """
    found = []
    room = window.screen().availableGeometry().size()
    if window.width() > room.width() or window.height() > room.height():
        found.append(f"{window.width()}×{window.height()} on a screen of {room.width()}×{room.height()}")
    found += _covered(window)
    for widget in _seen(window):
        found += [f"{_named(widget)}: {what}" for what in (*_words(widget), *_place(widget, window))]
    return found


def _seen(window: QWidget) -> Iterator[QWidget]:
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is window:
            yield widget


def _words(widget: QWidget) -> Iterator[str]:
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            yield from look(widget)
            return


def _plain_text(text: PlainText) -> Iterator[str]:
    needed = text.heightForWidth(text.width())
    if text.height() + _SLACK < needed:
        yield f"needs {needed} px of height, has {text.height()}"


def _combo_box(box: QComboBox) -> Iterator[str]:
    yield from _too_wide(box, box.currentText(), _combo_room(box))


def _tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        if bar.tabSizeHint(place).width() > bar.tabRect(place).width():
            yield f"the tab “{bar.tabText(place)}”"


def _group(box: QGroupBox) -> Iterator[str]:
    yield from _too_wide(box, box.title(), box.width())


def _label(label: QLabel) -> Iterator[str]:
    text = label.shown() if isinstance(label, PlainLabel) else label.text()
    if not text:
        return
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() + _SLACK < needed:
            yield f"“{text}” needs {needed} px of height, has {label.height()}"
        for part in re.split(rf"[\s{BREAK}]+", QLabel.text(label)):
            yield from _too_wide(label, part, room.width())
        return
    if isinstance(label, PlainLabel) and label.is_elided:
        whole = label.text()
        if "⟦" in whole and "⟧" not in text:
            yield f"“{whole}” is shortened to “{text}”"
        return
    yield from _too_wide(label, text.replace("&", "") if label.buddy() else text, room.width())
    if room.height() + _SLACK < label.fontMetrics().height():
        yield f"“{text}” is {room.height()} px high"


def _button(button: QAbstractButton) -> Iterator[str]:
    if button.hasHeightForWidth():
        high = button.heightForWidth(button.width())
        if button.height() + _SLACK < high:
            yield f"“{button.accessibleName()}” needs {high} px of height, has {button.height()}"
        return
    if isinstance(button, QToolButton) and not button.text():
        return
    needed, has = button.sizeHint(), button.size()
    if has.width() + _SLACK < needed.width() or has.height() + _SLACK < needed.height():
        yield f"“{button.text()}” needs {needed.width()}×{needed.height()}, has {has.width()}×{has.height()}"


def _combo_room(box: QComboBox) -> int:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style = box.style()
    room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box)
    return room.width() - (box.iconSize().width() if not box.itemIcon(box.currentIndex()).isNull() else 0)


def _line(line: QLineEdit) -> Iterator[str]:
    """Of what is typed the rest is reached by the keyboard; a hint and a number have to be seen."""
    around = line.parentWidget()
    text = line.text() if isinstance(around, QAbstractSpinBox) else "" if line.text() else line.placeholderText()
    margins = line.textMargins()
    room = line.width() - margins.left() - margins.right()
    if isinstance(around, QAbstractSpinBox):
        option = QStyleOptionSpinBox()
        around.initStyleOption(option)
    else:
        hint = line.sizeHint().width() - 17 * line.fontMetrics().horizontalAdvance("x")
        room -= max(0, hint)
    yield from _too_wide(line, text, room)


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is Qt.Orientation.Vertical or not header.model():
        return
    for place in range(header.count()):
        needed = header.sectionSizeFromContents(place).width()
        if not header.isSectionHidden(place) and header.sectionSize(place) < needed:
            title = header.model().headerData(place, Qt.Orientation.Horizontal)
            yield f"the title “{title}” needs {needed} px, has {header.sectionSize(place)}"


def _cards(view: QListView) -> Iterator[str]:
    """What a delegate paints is known to itself alone."""
    delegate, model = view.itemDelegate(), view.model()
    if not isinstance(delegate, CardDelegate) or not model:
        return
    for place in range(model.rowCount()):
        index, option = model.index(place, 0), QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect = view.visualRect(index)
        needed = delegate.sizeHint(option, index).height()
        if option.rect.height() < needed:
            yield f"card {place} needs {needed} px of height, has {option.rect.height()}"
        for text in delegate.shortened(option, index):
            yield f"“{text}” of card {place} has less room than it needs"


def _menu_bar(bar: QMenuBar) -> Iterator[str]:
    for action in bar.actions():
        place = bar.actionGeometry(action)
        if action.isVisible() and (place.isEmpty() or not bar.rect().contains(place)):
            yield f"the menu {action.text()}"


_LOOKS: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (QLabel, _label),
    (PlainText, _plain_text),
    (QMenuBar, _menu_bar),
    (QAbstractButton, _button),
    (QComboBox, _combo_box),
    (QLineEdit, _line),
    (QTabBar, _tabs),
    (QGroupBox, _group),
    (QHeaderView, _header),
    (QListView, _cards),
)


def _too_wide(widget: QWidget, text: str, room: int) -> Iterator[str]:
    metrics = widget.fontMetrics()
    needed = max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
    if needed > room + _SLACK:
        yield f"“{text}” needs {needed} px, has {room}"


def _place(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Whether it can be seen whole, at once or by scrolling to it."""
    if not isinstance(widget, _WITH_WORDS) or isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
        return
    if widget.rect().isEmpty():
        return  # without words: of others it was said that they need more
    place, inner = widget.rect(), cast("QWidget", widget)
    while inner is not window and (outer := inner.parentWidget()):
        place = QRect(inner.mapTo(outer, place.topLeft()), place.size())
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is outer:
            place = _scrolled_to(place, area)
        beyond = _beyond(place, outer.rect())
        if beyond:
            yield f"lies {beyond} px outside {_named(outer)}"
            return
        inner = outer


def _scrolled_to(place: QRect, area: QAbstractScrollArea) -> QRect:
    """Where it can be brought to, in the viewport; nobody reads sentences by moving them to and fro."""
    view = area.viewport().rect()
    can_go_down = area.verticalScrollBarPolicy() != _NEVER
    if can_go_down and place.height() > 0:
        place = QRect(place.x(), view.top(), place.width(), min(place.height(), view.height()))
    return place


def _beyond(place: QRect, room: QRect) -> int:
    across = max(room.left() - place.left(), place.right() - room.right())
    down = max(room.top() - place.top(), place.bottom() - room.bottom())
    beyond = max(across, down)
    return beyond if beyond > _SLACK else 0


def _covered(window: QWidget) -> Iterator[str]:
    """Words that others lie upon: all of one parent have a place of their own."""
    of_parents: dict[QWidget, list[QWidget]] = {}
    for widget in _seen(window):
        parent = widget.parentWidget()
        if widget is window or parent is None or not isinstance(widget, _BLOCKS) or isinstance(parent, _WITH_WORDS):
            continue
        of_parents.setdefault(parent, []).append(widget)
    for widgets in of_parents.values():
        for one, other in combinations(widgets, 2):
            shared = one.geometry().intersected(other.geometry())
            if min(shared.width(), shared.height()) > _SLACK:
                yield f"{_named(one)}: lies {shared.height()} px upon {_named(other)}"


def _named(widget: QWidget) -> str:
    kind, name, above = type(widget).__name__, widget.objectName(), widget.parentWidget()
    while not name and above:
        name, above = above.objectName() and f"in {above.objectName()}", above.parentWidget()
    return f"{kind} {name}"
