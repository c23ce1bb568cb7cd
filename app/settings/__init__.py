"""What the user set: connections, their credentials in the keyring, preferences, views; and where that is kept.
May touch: the data folder, the operating system's keyring.
Never touches: the network, a widget; a secret never reaches a file.
"""
