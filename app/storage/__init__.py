"""What is kept on disk: evidence, history and drafts, and what their SQLite files have in common.
May touch: Python's standard library, app.errors, app.platform; SQLite in the data folder.
Never touches: the network, a widget, a judgement.
"""
