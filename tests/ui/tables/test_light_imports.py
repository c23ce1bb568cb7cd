import subprocess
import sys

import pytest

LIST = "import sys; print(*sys.modules)"


def loaded_by(*modules: str) -> set[str]:
    """Every module, and every package by its first name."""
    script = f"import {', '.join(modules)}; {LIST}"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = answer.stdout.split()
    return {*loaded, *(module.partition(".")[0] for module in loaded)}


def test_columns_and_looks_can_be_named_without_qt() -> None:
    assert "PySide6" not in loaded_by(
        "ui.tables.column", "ui.tables.layout", "ui.tables.tsv", "ui.tables.html_table", "ui.theme.status"
    )


@pytest.mark.parametrize("module", ["ui.tables.view", "ui.widgets.message_bar", "ui.theme.apply"])
def test_the_first_frame_waits_for_no_network_stack(module: str) -> None:
    loaded = loaded_by(module)
    assert loaded.isdisjoint({"pydantic", "httpx", "asyncio", "qasync"})
    assert {name for name in loaded if name.partition(".")[0] == "app"} <= {
        "app",
        "app.messages",
        "app.texts",
        "app.texts.screen",
        "app.slices",
    }
