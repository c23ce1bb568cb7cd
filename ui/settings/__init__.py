"""The connection dialog.
May touch: Qt, ui's shared rooms, app.settings.connections as a plain value.
Never touches: another screen, the wire, the keyring.
"""
