"""The list of export jobs.
May touch: Qt, the shared rooms, app.completion, app.jobs, app.settings, app.watching.
Never touches: another screen, the wire, the disk.
"""
