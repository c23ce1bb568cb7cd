"""What Signoff knows and does; runs without a screen.
May touch: app.errors, app.models; network and disk through the rooms that own them.
Never touches: PySide6, qasync, ui.
"""
