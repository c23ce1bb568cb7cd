"""The items of one job: the table, the detail of the chosen item.
May touch: Qt, the shared rooms, app.completion, app.jobs, app.outcomes, app.review, app.settings.
Never touches: another screen, the wire, the disk.
"""
