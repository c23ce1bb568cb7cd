"""Connections, preferences and the log: their windows and dialogs.
May touch: Qt, ui's shared rooms, app.settings; Pleo is asked behind the door of browser_sign_in.
Never touches: another screen, the wire, the keyring.
"""
