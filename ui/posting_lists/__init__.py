"""The accounting system's own list on screen: what its columns mean, what its rows are about, what is drafted of it.
May touch: Qt, the shared rooms, app.completion, app.jobs, app.outcomes, app.posting_lists, app.review.
Never touches: another screen, Pleo, the drafts themselves; it hands on what the user accepts.
"""
