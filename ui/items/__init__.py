"""The items of one job: the table, the detail of the chosen item.
May touch: Qt, ui's shared rooms, app.jobs, app.review and app.models.
Never touches: another screen, the wire, the disk.
"""
