"""Watching the jobs of a connection: when to ask again, what was found, what is worth a notice.
May touch: app.errors, app.jobs, app.models, app.platform, app.ports; its ports and the clock.
Never touches: HTTP, the disk, a widget; schedule, facts and notices know neither the loop nor the time of day.
"""
