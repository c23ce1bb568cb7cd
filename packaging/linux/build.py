"""Makes the Linux packages of `dist/signoff`: a `.deb`, and the payload of an AppImage."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FROZEN, DIST = ROOT / "dist" / "signoff", ROOT / "dist"
MADE = ROOT / "build" / "package"
ICON = ROOT / "resources" / "icons" / "signoff.svg"
ENTRY = ROOT / "resources" / "desktop" / "signoff.desktop"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

sys.path.insert(0, str(ROOT / "packaging"))
from freezing import contents, facts  # noqa: E402


def build_deb() -> Path:
    """`dist/signoff_VERSION_ARCH.deb`. Raises SystemExit where the program was not frozen before."""
    tree = fresh(MADE / "deb")
    shutil.copytree(frozen(), tree / "opt" / "signoff", symlinks=True)
    put_desktop_files(tree / "usr" / "share")
    for name in ("signoff", "signoff-gui"):
        link = tree / "usr" / "bin" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(f"/opt/signoff/{name}")
    manual = tree / "usr/share/man/man1"
    for name, text in (("signoff", template("signoff.1.in")), ("signoff-gui", ".so man1/signoff.1\n")):
        write(manual / f"{name}.1.gz", gzip.compress(text.encode(), 9, mtime=0))
    write(tree / "usr/share/doc/signoff/copyright", (ROOT / "LICENSE").read_bytes())
    size = sum(path.stat().st_size for path in contents.files_below(tree)) // 1024
    architecture = said("dpkg", "--print-architecture")
    control = template(
        "control.in", ARCHITECTURE=architecture, KILOBYTES=str(size), GLIBC=newest_glibc(tree / "opt" / "signoff")
    )
    write(tree / "DEBIAN" / "control", control.encode())
    for moment in ("preinst", "prerm"):
        shutil.copy(HERE / "refuse_while_open.sh", tree / "DEBIAN" / moment)
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    made = DIST / f"signoff_{facts.version()}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made))
    return made


def build_appimage_payload() -> Path:
    """`dist/Signoff-VERSION-ARCH.squashfs`. The release appends it to the runtime, which makes it an AppImage."""
    tree = fresh(MADE / "appdir")
    shutil.copytree(frozen(), tree / "opt" / "signoff", symlinks=True)
    put_desktop_files(tree / "usr" / "share")
    write(tree / "signoff.desktop", ENTRY.read_bytes())
    write(tree / "signoff.svg", ICON.read_bytes())
    (tree / ".DirIcon").symlink_to("signoff.svg")
    write(tree / "AppRun", (HERE / "AppRun").read_bytes())
    (tree / "AppRun").chmod(0o755)
    made = DIST / f"Signoff-{facts.version()}-{said('uname', '-m')}.squashfs"
    made.unlink(missing_ok=True)
    run("mksquashfs", str(tree), str(made), "-quiet", "-no-progress", "-root-owned", "-comp", "zstd", "-noappend")
    return made


def put_desktop_files(share: Path) -> None:
    write(share / "applications" / "signoff.desktop", ENTRY.read_bytes())
    write(share / "metainfo" / f"{facts.IDENTIFIER}.metainfo.xml", template("signoff.metainfo.xml.in").encode())
    write(share / "icons/hicolor/scalable/apps/signoff.svg", ICON.read_bytes())
    for size in PNG_SIZES:
        picture = (MADE / "icons" / f"signoff-{size}.png").read_bytes()
        write(share / f"icons/hicolor/{size}x{size}/apps/signoff.png", picture)


def template(name: str, **words: str) -> str:
    return facts.filled((HERE / name).read_text(encoding="utf-8"), DATE=date_of_build(), **words)


def date_of_build() -> str:
    return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).strftime("%Y-%m-%d")


def newest_glibc(folder: Path) -> str:
    """The oldest C library that everything inside runs with: the newest version that anything asks for."""
    asked = {
        (int(major), int(minor))
        for path in contents.files_below(folder)
        if ".so" in path.name or path.name.startswith("signoff")
        for major, minor in re.findall(rb"GLIBC_(\d+)\.(\d+)", path.read_bytes())
    }
    return ".".join(map(str, max(asked)))


def frozen() -> Path:
    if not (FROZEN / "signoff").is_file():
        raise SystemExit("There is no dist/signoff: run make package")
    return FROZEN


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - tools of the system


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - as above


def main() -> None:
    from freeze import commit_time

    os.environ["SOURCE_DATE_EPOCH"] = commit_time()
    wished = sys.argv[1:] or ["deb", "appimage"]
    for name, build, tool in (
        ("deb", build_deb, "dpkg-deb"),
        ("appimage", build_appimage_payload, "mksquashfs"),
    ):
        if name in wished and not shutil.which(tool):
            print(f"left out: {name}, since {tool} cannot be had here")
        elif name in wished:
            made = build()
            print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
