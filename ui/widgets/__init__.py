"""Small widgets that every screen shares: labels, bars, chips, facts; they know text and looks, never a job.
May touch: Qt, app.texts, ui.theme.
Never touches: the app but for its messages, the network stack, tables or screens; text from outside is only ever plain.
"""
