"""What a reviewer asks of a job's items: what does this failure mean, who can fix it, and where.
May touch: app.models, app.platform, app.slices; the catalogue under resources.
Never touches: asyncio, the clock, the network, a widget.
"""
