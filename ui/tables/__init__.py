"""One generic table: a list of columns over any rows, sorted and filtered by an index map.
May touch: Qt, app.texts, app.slices, ui.theme, ui.widgets; `column`, `layout` and `tsv` stay free of Qt.
Never touches: the app but for its messages, the network stack or any screen; it does not know what a row means.
"""
