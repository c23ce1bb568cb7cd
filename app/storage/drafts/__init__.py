"""Drafted outcomes on disk, by connection and job, until Pleo has them.
May touch: app.errors, app.models, app.platform, pydantic; SQLite in the data folder.
Never touches: the network, a widget; it judges no draft.
"""
