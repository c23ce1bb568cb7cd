"""The same services without a window: commands, their words on a terminal, their JSON.
May touch: app.*; most of it through app.composition, standard output and standard error.
Never touches: a judgement of its own about completion.
"""
