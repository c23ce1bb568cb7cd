"""One JSON file of the data folder: read, checked and written whole. Without pydantic, since some are read before the
first frame; what a file holds is said by its `Form`."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from app.errors import SettingsProblem
from app.messages import Said, joined, said
from app.settings.paths import made, put_aside, write_whole

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_WAIT_SECONDS = 2
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Form(Generic[Content]):
    """How content stands in a file: `parse` raises ValueError for what is none, `material` is what json can write,
    `empty` is what holds where there is no file."""

    parse: Callable[[bytes], Content]
    material: Callable[[Content], object]
    empty: Callable[[], Content]


def form_of(adapter: "TypeAdapter[Content]", empty: Callable[[], Content]) -> Form[Content]:
    return Form(adapter.validate_json, lambda content: adapter.dump_python(content, mode="json"), empty)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is said where a file cannot be used. `unreadable` is given its path, `damaged` the name under which it was
    kept aside; both are sentences without their full stop."""

    unreadable: Callable[[Path], Said]
    advice_on_unreadable: Said
    damaged: Callable[[str], Said]
    advice_on_damaged: Said


class JsonFile(Generic[Content]):
    def __init__(self, path: Path, form: Form[Content]) -> None:
        self.path = path
        self._form = form

    def read(self) -> Content:
        """What holds without a file where there is none. Raises OSError, ValueError for a damaged one."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return self._form.empty()
        return self._form.parse(content)

    def read_or_begin(self, complaint: Complaint) -> tuple[Content, SettingsProblem | None]:
        """What holds without a file also where it cannot be used. A damaged file is kept aside, and the problem says
        so."""
        try:
            return self.read(), None
        except OSError as error:
            title = joined(": ", (complaint.unreadable(self.path), str(error.strerror)))
            return self._form.empty(), SettingsProblem(title, advice=complaint.advice_on_unreadable)
        except ValueError as error:
            title = complaint.damaged(put_aside(self.path).name)
            problem = SettingsProblem(title, advice=complaint.advice_on_damaged, details=str(error))
            return self._form.empty(), problem

    def change(self, how: Callable[[Content], Content]) -> Content:
        """What is there, changed and written in one step while no other process changes it; a damaged file is kept
        aside first. Answers what is there now. Raises SettingsProblem, and whatever `how` raises."""
        with self._alone():
            try:
                before = self.read()
            except (OSError, ValueError):
                put_aside(self.path)
                before = self._form.empty()
            after = how(before)
            if after is not before:
                self.write(after)
            return after

    def write(self, content: Content) -> None:
        """In one step, whatever another process has written: for a file that is one process's own. Raises
        SettingsProblem."""
        write_whole(self.path, as_json(self._form.material(content)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A change takes milliseconds, so that it is waited for."""
        from app.platform.file_lock import held_file  # a library that is not needed before the first frame

        made(self.path.parent)
        with ExitStack() as held:
            try:
                held.enter_context(held_file(self.path.parent / "locks" / f"{self.path.name}.lock", _WAIT_SECONDS))
            except OSError as error:
                title = (
                    said("{path} cannot be written: {strerror}", path=self.path, strerror=error.strerror)
                    if error.strerror
                    else said("{path} cannot be written: another program holds it", path=self.path)
                )
                raise SettingsProblem(title) from error
            yield


def as_json(material: object) -> str:
    """As people may read it, too: one value a line, and every letter as it is."""
    return json.dumps(material, ensure_ascii=False, indent=2)
