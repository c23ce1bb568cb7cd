"""How the program looks: colours, sizes, icons and the five looks of a status.
May touch: Qt, app.texts; the files in `resources/`; `tokens` and `status` stay free of Qt, for columns.
Never touches: the app but for its messages, the network stack, or any widget that knows a job.
"""
