"""What every screen uses to speak, to wait and to show trouble.
May touch: Qt, ui.theme, ui.widgets, app.errors and app.models.
Never touches: a screen, a service, the wire, the disk.
"""
