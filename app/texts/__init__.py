"""Texts: small turns of phrase, what a screen shows of somebody else's words, what a parser makes of a text.
May touch: Python's standard library.
Never touches: a file, the network, a widget; nothing here knows what a job is.
"""
