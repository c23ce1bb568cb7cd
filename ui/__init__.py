"""What the user sees.
May touch: Python's standard library; its rooms may touch Qt, app's services and values.
Never touches: the wire, the disk.
"""
