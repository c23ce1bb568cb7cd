"""The machine beneath the program: its clock, its power, processes, locks, log and the files that come along.
May touch: psutil, filelock, platformdirs and the standard library; one processor's memory.
Never touches: Pleo, a judgement, a widget; nothing here knows what a job is.
"""
