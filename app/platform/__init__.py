"""The machine beneath the program: its clock, its power, locks, log, private files and those that come along.
May touch: app.errors, app.texts, filelock, platformdirs, psutil; one processor's memory, the files that come along.
Never touches: Pleo, a judgement, a widget; nothing here knows what a job is.
"""
