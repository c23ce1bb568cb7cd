"""Settling what is open: outcomes by hand, the drafts in the gate, sending them.
May touch: Qt, ui's shared rooms, app.outcomes, app.completion, app.review and app.models.
Never touches: another screen, the wire, the disk; no outcome is sent that was not shown.
"""
