"""What is told by itself: notices in the window, on the desktop, and the icon in the tray.
May touch: Qt, ui's shared rooms, app.watching and app.models.
Never touches: another screen, the wire, the disk.
"""
