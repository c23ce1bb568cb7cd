"""The accounting system's own list of what it posted: read, recognised, matched to a job's items, and written out.
May touch: app's shared rooms, openpyxl, pydantic, python_calamine; reader.py and writer.py alone open user files.
Never touches: Pleo, the journal, a widget; it drafts and sends nothing, it only says what a list would mean.
"""
