"""What is open, and what joins the screens of one connection.
May touch: Qt, ui.*, app.*; every screen, the services.
Never touches: the wire, the disk; it draws nothing itself.
"""
