"""The accounting system's own list on screen: what its columns mean, what its rows are about, what is drafted of it.
May touch: app.posting_lists, app.models, the foundation of the window, this room's files.
Never touches: another screen, Pleo, the drafts themselves; it hands on what the user accepts.
"""
