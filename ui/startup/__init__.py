"""From the command line to a window: which door, one window for each data folder, the window's life.
May touch: Qt, ui.*, app.cli, app.errors, app.platform, app.sandbox, app.texts, app.settings; the network later.
Never touches: a job: it opens the program and ends it.
"""
