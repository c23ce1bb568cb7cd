"""Listing export jobs and opening one: the job, its items, the accounting data behind them.
May touch: app.completion, app.errors, app.models, app.platform, app.ports; its ports and the clock.
Never touches: HTTP, SQLite, a widget; it never judges whether a job can be completed.
"""
