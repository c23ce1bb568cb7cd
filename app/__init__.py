"""What Signoff knows and does; runs without a screen.
May touch: app.errors, app.models, app.platform, app.ports; network and disk through the rooms that own them.
Never touches: PySide6, qasync, ui.
"""
