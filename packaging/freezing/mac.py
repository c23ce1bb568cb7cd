"""What macOS is told about the program in its Info.plist."""


def information(version: str) -> dict[str, object]:
    return {
        "CFBundleDisplayName": "Signoff",
        # PyInstaller takes the first program of the folder, which is the one for terminals.
        "CFBundleExecutable": "signoff-gui",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.finance",
        # The oldest that the Qt of the lock runs on.
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "MIT licence",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
    }
