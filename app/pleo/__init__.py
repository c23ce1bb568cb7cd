"""The only room that speaks HTTP: Pleo's operations as methods, its faults as the family of app.errors.
May touch: app.errors, app.models, app.platform, app.ports, authlib, httpx, pydantic, stamina, truststore.
Never touches: the disk, the journal, a widget, a judgement about completion.
"""
