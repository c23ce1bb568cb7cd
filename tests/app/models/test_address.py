"""Two ways to write a server's address are one server."""

import pytest

from app.models.address import one_spelling


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("https://external.pleo.io", "https://external.pleo.io"),
        ("HTTPS://External.PLEO.io", "https://external.pleo.io"),
        ("https://external.pleo.io:443", "https://external.pleo.io"),
        ("https://external.pleo.io./", "https://external.pleo.io"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://a.example:80", "https://a.example:80"),
        ("https://a.example/Pleo/", "https://a.example/Pleo"),
    ],
)
def test_an_address_has_one_spelling(written, spelled):
    assert one_spelling(written) == spelled


@pytest.mark.parametrize("text", ["", "sandbox", "https://", "https://[::g", "https://a.example:port", "https://."])
def test_what_is_no_address_stays_as_it_is(text):
    assert one_spelling(text) == text
