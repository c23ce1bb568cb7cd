"""The same services without a window: commands, their words on a terminal, their JSON.
May touch: app.composition and the services it makes; standard output and standard error.
Never touches: a judgement of its own about completion.
"""
