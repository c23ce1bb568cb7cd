"""What is told by itself: notices in the window, on the desktop, and the icon in the tray.
May touch: Qt, the shared rooms, app.settings, app.watching.
Never touches: another screen, the wire, the disk.
"""
