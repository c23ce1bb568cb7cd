"""Whether a job can be completed, with which event, and what became of the attempt.
May touch: app.models, app.errors; service.py and attempt_record.py alone await app.ports and the clock.
Never touches: HTTP, SQLite, a widget; the pure files know neither asyncio nor the time of day.
"""
