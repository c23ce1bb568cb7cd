"""The list of export jobs.
May touch: Qt, ui's shared rooms, app.jobs and app.models.
Never touches: another screen, the wire, the disk.
"""
