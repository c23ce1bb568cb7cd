"""In which language a command answers. JSON, exit codes and the log are the same in each."""

import os

from app.errors import SettingsProblem
from app.messages import speak
from app.platform.languages import AS_THE_SYSTEM, ENGLISH, language_of, language_of_the_environment
from app.settings.paths import data_folder
from app.settings.window_state import language_at_start


def speak_to_the_terminal(chosen: str | None) -> None:
    """In what was chosen on the command line, else in the settings, else as the terminal's programs are told."""
    code = chosen or _set() or language_of_the_environment(os.environ)
    if code != ENGLISH:
        speak(language_of(code))


def _set() -> str:
    try:
        return language_at_start(data_folder())
    except SettingsProblem:
        return AS_THE_SYSTEM  # whoever needs the folder says it
