"""What is kept on disk: evidence, history and drafts, and what their SQLite files have in common.
May touch: SQLite in the data folder, app.models.
Never touches: the network, a widget, a judgement.
"""
