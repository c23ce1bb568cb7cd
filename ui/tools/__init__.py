"""What draws the pictures of the README from the real window, and looks through all pages for words that are cut off.
May touch: app.platform, Qt, ui.*, app.completion, app.composition, app.errors, app.models, app.settings, app.updates.
Never touches: a user's data; the program itself draws only where there is no display.
"""
