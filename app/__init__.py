"""What Signoff knows and does; runs without a screen.
May touch: Python's standard library; the network through app.pleo, the disk through app.storage and app.settings.
Never touches: PySide6, qasync, ui.
"""
