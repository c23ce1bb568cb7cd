"""The search over all companies and all jobs that were read on this computer.
May touch: Qt, the shared rooms, app.ports, app.review, app.settings.
Never touches: another screen, the wire, the disk.
"""
