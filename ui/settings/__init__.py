"""The connection dialog.
May touch: Qt, the shared rooms, app.settings, app.updates.
Never touches: another screen, the wire, the keyring.
"""
