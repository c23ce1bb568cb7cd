"""Whether a job can be completed, with which event, and what became of the attempt.
May touch: app's shared rooms, pydantic; service.py, what reads and counts, and the record await ports and the clock.
Never touches: HTTP, SQLite, a widget; the pure files know neither asyncio nor the time of day.
"""
