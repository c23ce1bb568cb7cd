"""Drafted outcomes on disk, by connection and job, until Pleo has them.
May touch: SQLite in the data folder.
Never touches: the network, a widget; it judges no draft.
"""
