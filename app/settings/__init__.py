"""What the user set: the connection, its credential in the keyring, the folder of all that the program writes.
May touch: the data folder, the operating system's keyring.
Never touches: the network, a widget; a secret never reaches a file.
"""
