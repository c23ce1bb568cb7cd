"""Pleo's nouns as frozen values: job, item, export item, money, page, snapshot.
May touch: pydantic and the standard library.
Never touches: the network, the disk, the clock, a widget.
"""
