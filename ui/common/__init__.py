"""What every screen uses to speak, to wait and to show trouble.
May touch: Qt, ui.theme, ui.widgets, app's shared rooms, app.completion, app.outcomes.
Never touches: a screen, a service, the wire, the disk.
"""
