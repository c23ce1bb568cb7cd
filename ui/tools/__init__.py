"""What draws the pictures of the README from the real window.
May touch: app.platform, Qt, ui.*, app.composition, app.models, app.settings.
Never touches: a user's data; the program itself draws only where there is no display.
"""
