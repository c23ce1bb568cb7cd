"""The frame around the screens: menus, panes, status bar, geometry.
May touch: Qt, ui.theme, ui.widgets, app.settings.
Never touches: a service, a screen's presenter, the network stack: it is painted first.
"""
