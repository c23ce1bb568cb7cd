"""The only room that speaks HTTP: Pleo's operations as methods, its faults as the family of app.errors.
May touch: httpx, stamina, app.models, app.errors.
Never touches: the disk, the journal, a widget, a judgement about completion.
"""
