"""Brings schemathesis in, which is too slow to import for every run of any test."""

from pathlib import Path

import pytest


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    parent.config.pluginmanager.import_plugin("schemathesis.pytest.plugin")
