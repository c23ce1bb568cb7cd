"""Every act of the window as one QAction, in menus with mnemonics and with its shortcut."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.messages import said, shown, tr
from ui.shell.keys import MenuLetters
from ui.shell.menu_state import MenuState
from ui.theme.icons import set_icon

SCOPE_WORDS = (said("&Needs attention"), said("&Finished jobs"), said("&All jobs"))
THEME_WORDS = (
    ("system", said("As the &system")),
    ("light", said("&Light")),
    ("dark", said("&Dark")),
    ("contrast", said("&High contrast")),
)


class Actions(NamedTuple):
    read_again: QAction
    scopes: tuple[QAction, ...]
    show_jobs: QAction
    show_gate: QAction
    dense_jobs: QAction
    themes: dict[str, QAction]
    act: QAction
    next_job: QAction
    copy_job_id: QAction
    next_ready_job: QAction
    timeline: QAction
    import_results: QAction
    export_open_items: QAction
    undo: QAction
    redo: QAction
    copy: QAction
    copy_with_headers: QAction
    select_all: QAction
    find: QAction
    find_in_all_jobs: QAction
    show_all: QAction
    blocking_first: QAction
    open_in_pleo: QAction
    open_in_books: QAction
    next_to_do: QAction
    previous_to_do: QAction
    next_failed: QAction
    set_outcome: QAction
    discard_drafts: QAction
    send_outcomes: QAction
    notices: QAction
    speak_row: QAction
    speak_gate: QAction
    views: QMenu
    columns: QMenu
    wider_jobs: QAction
    narrower_jobs: QAction
    wider_gate: QAction
    narrower_gate: QAction
    taller_table: QAction
    shorter_table: QAction
    shortcuts: QAction
    shortcuts_letter: QAction
    connections: QAction
    settings: QAction
    sandbox: QAction
    log: QAction
    about: QAction
    quit: QAction


def add_menus(window: QMainWindow) -> Actions:
    """Makes the menu bar and answers its actions; their meaning is connected elsewhere."""
    bar = window.menuBar()
    file, edit, view = bar.addMenu(tr("&File")), bar.addMenu(tr("&Edit")), bar.addMenu(tr("&View"))
    job, item, tools, help_menu = (
        bar.addMenu(tr("&Job")),
        bar.addMenu(tr("&Item")),
        bar.addMenu(tr("&Tools")),
        bar.addMenu(tr("&Help")),
    )
    import_results = _action(
        file, said("&Open posting list…"), QKeySequence.StandardKey.Open, icon="import", fallback="Ctrl+O"
    )
    export_open_items = _action(file, said("&Export open items…"), "Ctrl+E", icon="export")
    # Why they are disabled.
    for menu in (file, edit, job, item):
        menu.setToolTipsVisible(True)
    file.addSeparator()
    quit_action = _action(file, said("&Quit"), QKeySequence.StandardKey.Quit, fallback="Ctrl+Q")
    undo = _action(edit, said("&Undo"), QKeySequence.StandardKey.Undo, icon="undo", fallback="Ctrl+Z")
    redo = _action(edit, said("&Redo"), "Ctrl+Shift+Z", icon="redo")
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    edit.addSeparator()
    copy = _action(edit, said("&Copy rows"), QKeySequence.StandardKey.Copy, icon="copy")
    # The table copies by itself; a shortcut of the window's would take Ctrl+C from every other widget.
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    headers = _action(edit, said("Copy rows with &headers"), "Ctrl+Shift+C")
    select_all = _action(edit, said("Select &all rows"), QKeySequence.StandardKey.SelectAll)
    select_all.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    edit.addSeparator()
    find = _action(edit, said("&Find items"), QKeySequence.StandardKey.Find, icon="search", fallback="Ctrl+F")
    find_in_all_jobs = _action(edit, said("Find in all &jobs…"), "Ctrl+Shift+F", icon="search")
    set_outcome = _action(item, said("Set &outcome…"), "Ctrl+M", icon="status-draft")
    discard_drafts = _letter(item, said("&Discard drafts"), "Del")
    send_outcomes = _action(item, said("&Send outcomes…"), "Ctrl+Shift+Return", icon="send")
    item.addSeparator()
    read_again = _action(view, said("&Read again"), "F5", icon="refresh")
    show_all = _action(view, said("S&how all items"), "Esc")
    blocking_first = _action(view, said("What &blocks first"), None)
    view.addSeparator()
    scopes = _choices(view, window, SCOPE_WORDS)
    view.addSeparator()
    show_jobs, show_gate = _switch(view, said("&Jobs pane"), "F9"), _switch(view, said("&Completion pane"), "F7")
    notices = _action(view, said("No&tices…"), "Ctrl+Shift+N")
    dense_jobs = _action(view, said("&Dense list of jobs"), None)
    dense_jobs.setCheckable(True)
    view.addSeparator()
    speak_row = _action(view, said("Speak the chosen ro&w"), "Ctrl+Shift+R")
    speak_gate = _action(view, said("Spea&k the completion pane"), "Ctrl+Shift+G")
    view.addSeparator()
    views = view.addMenu(tr("Saved &views"))
    # Filled when it opens, for the column that is current then.
    columns = view.addMenu(tr("Col&umns"))
    sizes = view.addMenu(tr("Pane si&zes"))
    theme_menu = view.addMenu(tr("C&olours"))
    themes = dict(
        zip((key for key, _ in THEME_WORDS), _choices(theme_menu, window, [w for _, w in THEME_WORDS]), strict=True)
    )
    letters = MenuLetters(window)
    for menu in (file, edit, view, job, item, tools, help_menu, views, columns, sizes, theme_menu):
        letters.watch(menu)
    return Actions(
        read_again=read_again,
        scopes=scopes,
        show_jobs=show_jobs,
        show_gate=show_gate,
        dense_jobs=dense_jobs,
        themes=themes,
        act=_action(job, said("&Complete…"), "Ctrl+Return", icon="complete"),
        next_job=_action(job, said("&Next job"), "Ctrl+Shift+J"),
        next_ready_job=_action(job, said("Next &ready job"), "Ctrl+Shift+D"),
        timeline=_action(job, said("&Timeline…"), "Ctrl+Shift+T"),
        copy_job_id=_action(job, said("Copy job &id"), None, icon="copy"),
        import_results=import_results,
        export_open_items=export_open_items,
        undo=undo,
        redo=redo,
        copy=copy,
        copy_with_headers=headers,
        select_all=select_all,
        find=find,
        find_in_all_jobs=find_in_all_jobs,
        show_all=show_all,
        blocking_first=blocking_first,
        next_to_do=_action(item, said("Next that needs &attention"), "F8"),
        previous_to_do=_action(item, said("P&revious that needs attention"), "Shift+F8"),
        next_failed=_letter(item, said("&Next failed"), "N"),
        set_outcome=set_outcome,
        discard_drafts=discard_drafts,
        send_outcomes=send_outcomes,
        open_in_pleo=_letter(item, said("Open in &Pleo"), "P", icon="open-external"),
        open_in_books=_letter(item, said("Open in the &books"), "E", icon="open-external"),
        notices=notices,
        speak_row=speak_row,
        speak_gate=speak_gate,
        views=views,
        columns=columns,
        wider_jobs=_action(sizes, said("&Jobs pane wider"), "Ctrl+Alt+Right"),
        narrower_jobs=_action(sizes, said("J&obs pane narrower"), "Ctrl+Alt+Left"),
        wider_gate=_action(sizes, said("&Completion pane wider"), "Ctrl+Alt+Shift+Left"),
        narrower_gate=_action(sizes, said("Com&pletion pane narrower"), "Ctrl+Alt+Shift+Right"),
        taller_table=_action(sizes, said("&Table of items taller"), "Ctrl+Alt+Down"),
        shorter_table=_action(sizes, said("Table of items &shorter"), "Ctrl+Alt+Up"),
        shortcuts=_shortcuts(help_menu),
        shortcuts_letter=_question_mark(help_menu),
        connections=_action(tools, said("&Connections…"), "Ctrl+K", icon="link"),
        sandbox=_action(tools, said("&Try the sandbox"), None, icon="sandbox"),
        settings=_action(
            tools, said("&Settings…"), QKeySequence.StandardKey.Preferences, icon="settings", fallback="Ctrl+,"
        ),
        log=_action(help_menu, said("&Log…"), None),
        about=_action(help_menu, said("&About Signoff"), None, icon="info"),
        quit=quit_action,
    )


def show_state(actions: Actions, state: MenuState) -> None:
    for name, entry in state._asdict().items():
        action: QAction = getattr(actions, name)
        action.setEnabled(entry.is_enabled)
        action.setToolTip(shown(entry.tooltip))
        if entry.text:
            action.setText(shown(entry.text))


def _action(
    menu: QMenu,
    text: str,
    keys: QKeySequence.StandardKey | str | None,
    *,
    icon: str = "",
    fallback: str = "",
) -> QAction:
    """`text` is a message: by its English an action is found in every language."""
    action = QAction(shown(text), menu)
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    if action.shortcut().isEmpty() and fallback:
        action.setShortcut(QKeySequence(fallback))
    # What a held key opens would be answered by the same key.
    action.setAutoRepeat(not text.endswith("…"))
    if icon:
        # Drawn when somebody looks: the first frame need not wait for it.
        menu.aboutToShow.connect(lambda: set_icon(action, icon), Qt.ConnectionType.SingleShotConnection)
    action.setObjectName("action" + "".join(part.capitalize() for part in text.replace("&", "").split()))
    menu.addAction(action)
    return action


def _letter(menu: QMenu, text: str, key: str, *, icon: str = "") -> QAction:
    """A single letter is a shortcut only where nobody types: in the widgets that the action is added to."""
    action = _action(menu, text, key, icon=icon)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def _shortcuts(menu: QMenu) -> QAction:
    action = _action(menu, said("&Shortcuts"), "F1")
    action.setProperty("alsoBy", "?")
    return action


def _question_mark(menu: QMenu) -> QAction:
    """The same as F1 where nobody types."""
    action = QAction(shown(said("&Shortcuts")), menu)
    action.setShortcut(QKeySequence("?"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def _switch(menu: QMenu, text: str, keys: str) -> QAction:
    action = _action(menu, text, keys)
    action.setCheckable(True)
    action.setChecked(True)
    return action


def _choices(menu: QMenu, window: QMainWindow, texts: tuple[str, ...] | list[str]) -> tuple[QAction, ...]:
    group = QActionGroup(window)
    actions = []
    for text in texts:
        action = _action(menu, text, None)
        action.setCheckable(True)
        group.addAction(action)
        actions.append(action)
    actions[0].setChecked(True)
    return tuple(actions)
