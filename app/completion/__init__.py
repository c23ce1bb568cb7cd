"""Whether a job can be completed, with which event, and what became of the attempt.
May touch: app's shared rooms, app.job_reading; service.py alone awaits its ports and the clock.
Never touches: HTTP, SQLite, a widget; the pure files know neither asyncio nor the time of day.
"""
