from app.platform import licences
from app.platform.licences import distributions_of, licences_text


def test_every_library_that_runs_with_the_program_is_named_with_its_licence_and_its_text():
    names = distributions_of("signoff")
    assert {"signoff", "pyside6-essentials", "httpx", "cryptography", "anyio"} <= set(names)
    assert "pytest" not in names
    text = licences_text()
    assert "LGPL-3.0" in text
    assert "Permission is hereby granted" in text
    assert "UNKNOWN" not in text
    assert "UNICODE LICENSE V3" in text


def test_a_packaged_program_shows_what_was_collected_when_it_was_built(monkeypatch, tmp_path):
    collected = tmp_path / "licences.txt"
    collected.write_text("collected", encoding="utf-8")
    monkeypatch.setattr(licences, "_COLLECTED", collected)
    assert licences_text().startswith("collected\n")
