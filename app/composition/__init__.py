"""From settings to ready services: who signs in, the way to Pleo, the services of a connection, the sandbox's process.
May touch: every adapter; it alone knows them all.
Never touches: a judgement, a widget.
"""
