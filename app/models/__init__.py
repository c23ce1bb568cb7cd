"""Nouns as frozen values: Pleo's job, item, export item, money and page, and our snapshot, draft, cause, journal row.
May touch: pydantic and the standard library.
Never touches: the network, the disk, the clock, a widget.
"""
