"""What every screen uses to speak, to wait and to show trouble.
May touch: Qt, app's shared rooms, app.completion, ui.theme, ui.widgets.
Never touches: a screen, a service, the wire, the disk.
"""
