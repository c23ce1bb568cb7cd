"""Holds the version that Windows shows under Properties, Details of a program against the project's.

version_of_exe.py PROGRAM VERSION
"""

import sys
from pathlib import Path


def main(program: str, version: str) -> None:
    content = Path(program).read_bytes()
    for name in ("FileVersion", "ProductVersion"):
        # Of the resource: a name in UTF-16, its end, blanks up to the next multiple of four, the text, its end.
        place = content.find(f"{name}\0".encode("utf-16-le"))
        text = content[place + 2 * len(name) + 2 :][:64].decode("utf-16-le", errors="replace").lstrip("\0")
        if place < 0 or text.partition("\0")[0] != version:
            raise SystemExit(f"{program}: {name} is {text.partition(chr(0))[0]!r}, not {version}")
    print(f"{Path(program).name}: version {version} in its resource")


if __name__ == "__main__":
    main(*sys.argv[1:])
