"""Makes the Windows installers of `dist/signoff`: per user by NSIS, and an MSI for administrators by WiX or wixl."""

import argparse
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
DIST = ROOT / "dist"
MADE = Path(os.environ.get("SIGNOFF_PACKAGE_WORK") or ROOT / "build" / "package")

sys.path.insert(0, str(ROOT / "packaging"))
from freezing import contents, facts  # noqa: E402


def build_installer(frozen: Path, icon: Path) -> Path:
    """`dist/Signoff-VERSION-setup.exe`. Needs makensis."""
    made = DIST / f"Signoff-{facts.version()}-setup.exe"
    kilobytes = sum(path.stat().st_size for path in contents.files_below(frozen)) // 1024
    said = {
        "VERSION": facts.version(),
        "IDENTIFIER": facts.IDENTIFIER,
        # With the separator of this system: makensis knows no other.
        "FILES": frozen / "*",
        "OUTPUT": made,
        "ICON": icon,
        "LICENCE": ROOT / "LICENSE",
        "KILOBYTES": kilobytes,
    }
    run("makensis", "-V2", *(f"-D{name}={value}" for name, value in said.items()), str(HERE / "installer.nsi"))
    return made


def build_msi(frozen: Path, icon: Path) -> Path:
    """`dist/Signoff-VERSION-x64.msi`, for the whole machine. Needs wixl, or WiX 3's candle and light."""
    made = DIST / f"Signoff-{facts.version()}-x64.msi"
    (MADE / "signoff.wxs").write_text(msi_source(frozen, icon), encoding="utf-8")
    if shutil.which("wixl"):
        run("wixl", "--arch", "x64", "--output", str(made), "signoff.wxs", cwd=MADE)
    else:
        run("candle", "-nologo", "-arch", "x64", "-out", "signoff.wixobj", "signoff.wxs", cwd=MADE)
        run("light", "-nologo", "-spdb", "-out", str(made), "signoff.wixobj", cwd=MADE)
    return made


def _from_the_description(path: Path) -> str:
    """wixl takes no absolute path."""
    return Path(os.path.relpath(path, MADE)).as_posix()


def msi_source(frozen: Path, icon: Path) -> str:
    """WiX's description: a component for each folder, with ids that stay the same as long as its path does."""
    references: list[str] = []
    files = "\n".join(_folder(frozen, frozen, references))
    template = (HERE / "signoff.wxs.in").read_text(encoding="utf-8")
    return facts.filled(
        template,
        UPGRADE=facts.UPGRADE_CODE,
        ICON=_from_the_description(icon),
        FILES=files,
        COMPONENTS="\n".join(f'<ComponentRef Id="{each}" />' for each in references),
    )


def _folder(folder: Path, root: Path, references: list[str]) -> Iterator[str]:
    here = folder.relative_to(root).as_posix()
    files = sorted(path for path in folder.iterdir() if path.is_file())
    if files:
        component = _id("c", here)
        references.append(component)
        code = str(uuid.uuid5(uuid.UUID(facts.UPGRADE_CODE), here)).upper()
        yield f'<Component Id="{component}" Guid="{code}" Win64="yes">'
        for number, path in enumerate(files):
            inside = path.relative_to(root).as_posix()
            key = ' KeyPath="yes"' if number == 0 else ""
            name, source = quoteattr(path.name), quoteattr(_from_the_description(path))
            yield f'<File Id="{_id("f", inside)}" Name={name} Source={source}{key} />'
        yield "</Component>"
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        inside = inner.relative_to(root).as_posix()
        yield f'<Directory Id="{_id("d", inside)}" Name={quoteattr(inner.name)}>'
        yield from _folder(inner, root, references)
        yield "</Directory>"


def _id(kind: str, path: str) -> str:
    """Letters and digits, as the installer takes them."""
    return f"{kind}{uuid.uuid5(uuid.NAMESPACE_URL, path).hex}"


def run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, check=True, cwd=cwd)  # noqa: S603 - tools of whoever builds


def main() -> None:
    wishes = argparse.ArgumentParser()
    wishes.add_argument("frozen", nargs="?", type=Path, default=DIST / "signoff")
    wishes.add_argument("--only", choices=["installer", "msi"])
    said = wishes.parse_args()
    if not (said.frozen / "signoff-gui.exe").is_file():
        raise SystemExit(f"There is no program for Windows in {said.frozen}")
    icon = MADE / "icons" / "signoff.ico"
    for name, build in (("installer", build_installer), ("msi", build_msi)):
        if said.only in (None, name):
            made = build(said.frozen.resolve(), icon)
            print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
