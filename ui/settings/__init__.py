"""Settings, connections and their sign-in, the first run, the log.
May touch: Qt, the shared rooms, app.settings, app.updates.
Never touches: another screen, the wire, the keyring.
"""
