"""What is open, and what joins the screens of one connection.
May touch: every screen, app.composition, the services.
Never touches: the wire, the disk; it draws nothing itself.
"""
