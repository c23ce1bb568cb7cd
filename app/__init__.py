"""What Signoff knows and does; runs without a screen.
May touch: the network through app.pleo, the disk through app.storage and app.settings, plugged in by app.composition.
Never touches: PySide6, qasync, ui.
"""
