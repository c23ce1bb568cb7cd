"""What was read in earlier jobs: snapshots, the accounting data behind them, and which causes were seen when.
May touch: SQLite, its one file in the data folder, app.models.
Never touches: the network, a widget, the journal; nothing that is decided or sent rests on it.
"""
