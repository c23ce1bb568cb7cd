"""What belongs into a package and what does not, as lists: the spec leaves out by them, the guard looks again."""

import fnmatch
from collections.abc import Iterable, Iterator
from pathlib import Path

# Distributions whose metadata the program reads: its own version, the diagnostics, keyring's backends by entry point.
METADATA = ("signoff", "PySide6-Essentials", "qasync", "httpx", "pydantic", "truststore", "keyring")

# Imported by name at run time, where no analysis of the code sees it.
IMPORTED_BY_NAME = (
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.null",
    # Without this one cffi cannot be loaded on Windows, and keyring passes over that in silence.
    "pycparser",
)

MODULES_LEFT_OUT = (
    "IPython",
    "PIL",
    "PyInstaller",
    "_distutils_hack",
    "distutils",
    "ensurepip",
    "hatchling",
    "hypothesis",
    "idlelib",
    "lib2to3",
    "numpy",
    "pip",
    "pkg_resources",
    "pydoc_data",
    "pytest",
    "setuptools",
    "test",
    "tkinter",
    "turtledemo",
    "wheel",
)

# Paths inside the package, `/` between their parts. Platforms that draw without a desktop, a theme that would bring
# all of GTK, a renderer that widgets do not use, and languages that the program does not speak.
FILES_LEFT_OUT = (
    "*/plugins/egldeviceintegrations/*",
    "*/plugins/generic/*",
    "*/plugins/platforms/*qeglfs*",
    "*/plugins/platforms/*qlinuxfb*",
    "*/plugins/platforms/*qminimalegl*",
    "*/plugins/platforms/*qvkkhrdisplay*",
    "*/plugins/platforms/*qvnc*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*",
    "*/plugins/platformthemes/*qgtk3*",
    "*/plugins/qmltooling/*",
    "*/translations/*",
    "*opengl32sw*",
)

# What must never be found in a package, whichever way it came: libraries that are nobody's business here, tools that
# only build or test, and the stand-ins without which an old wine cannot start Qt.
FORBIDDEN = (
    *FILES_LEFT_OUT,
    "*[Gg]tk-[34]*",
    "*bcryptprimitives*",
    "*icuuc.dll",
    "*Qt6*Qml*",
    "*Qt6*Quick*",
    "*Qt6WebEngine*",
    "*Qt6*VirtualKeyboard*",
    "*_tkinter*",
    "*hypothesis*",
    "*pytest*",
    "*setuptools*",
    "*/resources/pictures/*",
    "*.pyx",
)

# Unpacked. It is 180 MB on Linux; whoever brings a library in that breaks this says so here.
LARGEST_BYTES = 200_000_000

# What the window would lack only when somebody needed it.
NEEDED = (
    "*/resources/wordings.toml",
    "*/resources/licences.txt",
    "*/resources/icons/signoff.svg",
    "*/plugins/iconengines/*qsvg*",
    "*/plugins/imageformats/*qsvg*",
    "*/keyring-*.dist-info/entry_points.txt",
)
# Styles are Windows' and macOS's own; elsewhere Fusion is built in.
NEEDED_BY_SYSTEM = {
    "linux": (
        "*/libxcb-cursor.so*",
        "*/libxkbcommon-x11.so*",
        "*/plugins/platforms/*qxcb*",
        "*/plugins/platforms/*qwayland*",
        "*/plugins/platforms/*qoffscreen*",
    ),
    "win32": ("*/plugins/platforms/*qwindows*", "*/plugins/platforms/*qoffscreen*", "*/plugins/styles/*"),
    "darwin": ("*/plugins/platforms/*qcocoa*", "*/plugins/platforms/*qoffscreen*", "*/plugins/styles/*"),
}


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path inside the package, with a leading `/`, is meant by one of them; upper case counts as lower."""
    spelled = path.replace("\\", "/").lower()
    return any(fnmatch.fnmatchcase(spelled, pattern.lower()) for pattern in patterns)


def is_left_out(destination: str) -> bool:
    return matches(f"/{destination}", FILES_LEFT_OUT)


def faults_of(paths: Iterable[str], total_bytes: int, system: str) -> Iterator[str]:
    """What is wrong with a package that holds these paths, in words; nothing for a good one."""
    spelled = [f"/{path.replace(chr(92), '/')}" for path in paths]
    yield from (f"{path} must not be inside" for path in spelled if matches(path, FORBIDDEN))
    wanted = (*NEEDED, *NEEDED_BY_SYSTEM[system])
    yield from (f"nothing inside is called {pattern}" for pattern in wanted if not _is_there(pattern, spelled))
    if total_bytes > LARGEST_BYTES:
        yield f"{total_bytes:,} bytes are more than {LARGEST_BYTES:,}"


def _is_there(pattern: str, paths: Iterable[str]) -> bool:
    return any(matches(path, (pattern,)) for path in paths)


def files_below(folder: Path) -> Iterator[Path]:
    """Links are the same file once more."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
