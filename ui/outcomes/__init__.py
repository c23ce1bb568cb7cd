"""Settling what is open: outcomes by hand, the drafts in the gate, sending them.
May touch: Qt, the shared rooms, app.completion, app.outcomes, app.review, app.settings, app.watching.
Never touches: another screen, the wire, the disk; no outcome is sent that was not shown.
"""
