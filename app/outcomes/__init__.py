"""Reporting the outcomes of items to Pleo, in batches, each exactly once.
May touch: app.models, app.errors, app.completion; the services and the sender alone await app.ports and the clock.
Never touches: HTTP, SQLite, a widget; an outcome is the user's, never this room's.
"""
