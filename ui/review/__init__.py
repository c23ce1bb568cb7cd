"""What went wrong and whether it adds up: causes as cards, control totals.
May touch: Qt, the shared rooms, app.review.
Never touches: another screen, the wire, the disk.
"""
