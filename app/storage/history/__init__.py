"""What was read in earlier jobs: snapshots, the accounting data behind them, and which causes were seen when.
May touch: app.errors, app.models, app.platform, pydantic; SQLite, its one file in the data folder.
Never touches: the network, a widget, the journal; nothing that is decided or sent rests on it.
"""
