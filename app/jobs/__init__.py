"""Listing export jobs and opening one: the job, its items, the accounting data behind them.
May touch: app.models, app.errors, app.ports and the clock.
Never touches: HTTP, SQLite, a widget; it never judges whether a job can be completed.
"""
