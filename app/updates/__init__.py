"""Whether a newer version was announced: when to ask, whom to believe, what to say.
May touch: app.errors, app.texts, cryptography; what it is given, and one public key.
Never touches: the network, a file; it downloads nothing and names no link of the server's.
"""
