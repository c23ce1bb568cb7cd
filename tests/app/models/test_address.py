"""Two ways to write a server's address are one server."""

import pytest

from app.models.address import host_shown, one_spelling, server_of


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


@pytest.mark.parametrize(
    "written",
    [
        "http://localhost:8000",
        "http://LOCALHOST:8000/",
        "http://localhost.:8000",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "http://[0:0:0:0:0:0:0:1]:8000",
        "http://[::ffff:127.0.0.1]:8000",
    ],
)
def test_this_very_machine_is_one_server_by_whichever_name(written):
    assert server_of(written) == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "other",
    ["http://localhost:8001", "https://localhost:8000", "http://127.0.0.2:8000", "http://localhost.example:8000",
     "http://localhost:8000/mirror"],
)  # fmt: skip
def test_another_port_scheme_path_or_host_is_another_server(other):
    assert server_of(other) != server_of("http://localhost:8000")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://external.pleo.io", "external.pleo.io"),
        ("https://external.pleo.io.evil.example:8443/x", "external.pleo.io.evil.example:8443"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://extern\u0430l.pleo.io", "xn--externl-7fg.pleo.io"),
        ("https://pleo\u202eexample", "https://pleo\\u202eexample"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_a_host_is_shown_in_letters_that_pass_for_no_others(address, shown):
    assert host_shown(address) == shown
