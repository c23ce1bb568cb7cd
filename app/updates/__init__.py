"""Whether a newer version was announced: when to ask, whom to believe, what to say.
May touch: cryptography, for one signature; what it is given.
Never touches: the network, a file; it downloads nothing and names no link of the server's.
"""
