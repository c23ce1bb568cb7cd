"""Outcomes of items: drafted with undo, in words that are proposed, and reported to Pleo in batches, each exactly once.
May touch: app's shared rooms, app.completion, app.review; its services and the sender await ports.
Never touches: HTTP, SQLite, a widget; an outcome is the user's, never this room's.
"""
