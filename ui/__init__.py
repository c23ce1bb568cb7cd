"""What the user sees.
May touch: Qt, app's services and values.
Never touches: the wire, the disk.
"""
