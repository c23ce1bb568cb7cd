"""From settings to ready services: sign-in, the services of a connection, the sandbox's process.
May touch: every adapter; it alone knows them all.
Never touches: a judgement, a widget.
"""
