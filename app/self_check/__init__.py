"""Whether this very installation works, judged from what was tried: one finding for each part.
May touch: Python's standard library; the facts it is given.
Never touches: a file, a keyring, a process; app.composition.self_check tries them.
"""
