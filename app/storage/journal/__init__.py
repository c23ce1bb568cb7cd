"""The evidence: what was about to be sent, what came back, what was read, how it was judged.
May touch: app.errors, app.texts, app.models, app.platform; SQLite in the data folder.
Never touches: the network, a widget; no row is ever changed or removed.
"""
