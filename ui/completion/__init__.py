"""The gate, the preview, the outcome.
May touch: Qt, the shared rooms, app.completion, app.outcomes, app.review, app.watching.
Never touches: another screen, the wire, the disk; it never decides about an event.
"""
