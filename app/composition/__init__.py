"""From settings to ready services: sign-in, the services of a connection, the sandbox's process.
May touch: app.*, openpyxl, python_calamine; it alone knows every adapter.
Never touches: a judgement, a widget.
"""
