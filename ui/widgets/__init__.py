"""Small widgets that every screen shares: labels, bars, chips, facts; they know text and looks, never a job.
May touch: Qt, app.screen_text, ui.theme.
Never touches: the app, the network stack, the tables or any screen; text from outside is only ever plain.
"""
