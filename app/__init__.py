"""What Signoff knows and does; runs without a screen.
May touch: the network through app.pleo, the disk through app.settings and app.journal, both plugged in by app.assembly.
Never touches: PySide6, qasync, ui.
"""
