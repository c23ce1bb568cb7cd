"""The frame around the screens: menus, panes, status bar, geometry.
May touch: Qt, ui's shared rooms.
Never touches: a service, a screen's presenter, the network stack: it is painted first.
"""
