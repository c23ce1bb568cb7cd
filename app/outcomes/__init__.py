"""Reporting the outcomes of items to Pleo, in batches, each exactly once.
May touch: app's shared rooms, app.completion, app.review; service.py alone awaits its ports.
Never touches: HTTP, SQLite, a widget; an outcome is the user's, never this room's.
"""
