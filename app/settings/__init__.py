"""What the user set: the connection, its credential in the keyring, the folder of all that the program writes.
May touch: app's shared rooms, app.completion, app.posting_lists, keyring, platformdirs, pydantic; the data folder.
Never touches: the network, a widget; a secret never reaches a file.
"""
