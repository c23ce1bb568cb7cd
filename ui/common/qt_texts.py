"""What Qt itself says in this program, for a language into which Qt is not translated, or not wholly."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QTranslator

from app.messages import said, shown

_CONTEXTS: Final = frozenset(
    (
        "QAbstractSpinBox",
        "QDialogButtonBox",
        "QFileDialog",
        "QFileSystemModel",
        "QLineEdit",
        "QMessageBox",
        "QPlatformTheme",
        "QWidgetTextControl",
    )
)
_TEXTS: Final[Mapping[str, str]] = {
    text: text
    for text in (
        # Translators: these stand on buttons
        said("OK"),
        said("Cancel"),
        said("Close"),
        said("&Yes"),
        said("&No"),
        said("Show Details..."),
        said("Hide Details..."),
        # Translators: the menu of a field in which one types
        said("&Undo"),
        said("&Redo"),
        said("Cu&t"),
        said("&Copy"),
        said("&Paste"),
        said("Delete"),
        said("Select All"),
        said("&Select All"),
        said("&Step up"),
        said("Step &down"),
        # Translators: the dialog in which a file is chosen
        said("Look in:"),
        said("Directory:"),
        said("File &name:"),
        said("Files of type:"),
        said("&Open"),
        said("&Save"),
        said("&Choose"),
        said("Back"),
        said("Forward"),
        said("Go back"),
        said("Go forward"),
        said("Parent Directory"),
        said("Go to the parent directory"),
        said("Create New Folder"),
        said("Create a New Folder"),
        said("List View"),
        said("Change to list view mode"),
        said("Detail View"),
        said("Change to detail view mode"),
        said("Sidebar"),
        said("Files"),
        said("Recent Places"),
        said("Computer"),
        said("&Rename"),
        said("&Delete"),
        said("&New Folder"),
        said("Show &hidden files"),
        said("Name"),
        said("Size"),
        said("Type"),
        said("Date Modified"),
        # Translators: %1 is the name of a file
        said("%1 already exists.\nDo you want to replace it?"),
        said("%1\nFile not found.\nPlease verify the correct file name was given."),
    )
}


class QtTexts(QTranslator):
    """To be installed before Qt's own translator, so that it is asked after it: it answers everything."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002 - Qt's
        found = _TEXTS.get(source_text) if context in _CONTEXTS else None
        return source_text if found is None else shown(found)
