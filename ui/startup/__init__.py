"""From the command line to a window: which door, one window for each data folder, the window's life.
May touch: Qt, ui.*, app.cli, app.platform, app.sandbox, app.settings; after the first frame what speaks to the network.
Never touches: a job: it opens the program and ends it.
"""
