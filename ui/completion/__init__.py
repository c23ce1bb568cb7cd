"""The gate, the preview, the outcome.
May touch: Qt, ui's shared rooms, app.completion and app.models.
Never touches: another screen, the wire, the disk; it never decides about an event.
"""
