"""Pleo's nouns as frozen values: job, item, export item, money, page, snapshot.
May touch: app.errors, app.texts, pydantic, pydantic_core, typing_extensions.
Never touches: the network, the disk, the clock, a widget.
"""
