"""A lock on a file that the operating system frees with the process that holds it, however that ends.

No process number is written down: after a crash it would belong to any other program by now. For the first frame's
sake without filelock, whose import takes longer than the rest of it.
"""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    # Beyond what anybody writes: a locked byte cannot be read there.
    _PLACE = 1 << 30

    def _lock(number: int) -> None:
        os.lseek(number, _PLACE, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProcessLock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: int | None = None

    def take(self) -> bool:
        """Whether this process has it now. Raises OSError where the file cannot be made or locked at all."""
        number = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(number)
        except (BlockingIOError, PermissionError):  # the latter is how Windows says that it is held
            os.close(number)
            return False
        except OSError:
            os.close(number)
            raise
        self._number = number
        return True

    def release(self) -> None:
        """The file stays: removed, another process might lock one that nobody finds."""
        number, self._number = self._number, None
        if number is not None:
            os.close(number)
