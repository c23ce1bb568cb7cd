"""What went wrong and whether it adds up: causes as cards, control totals.
May touch: Qt, ui's shared rooms, app.review, app.ports and app.models.
Never touches: another screen, the wire, the disk.
"""
