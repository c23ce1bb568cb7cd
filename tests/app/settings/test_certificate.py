"""A certificate file is looked at before it is trusted."""

import pytest
import trustme

from app.errors import SettingsProblem
from app.settings.certificate import read_authority

AUTHORITY = trustme.CA()
PEM = AUTHORITY.cert_pem.bytes()


@pytest.fixture
def file(tmp_path):
    def written(content: bytes) -> str:
        path = tmp_path / "company.pem"
        path.write_bytes(content)
        return str(path)

    return written


@pytest.mark.parametrize(
    "content", [PEM, PEM + trustme.CA().cert_pem.bytes(), "Zertifikat für Büro\n".encode() + PEM, b"\xef\xbb\xbf" + PEM]
)
def test_a_pem_of_authorities_is_taken(file, content):
    assert "-----BEGIN CERTIFICATE-----" in read_authority(file(content))


LEAF = AUTHORITY.issue_cert("proxy.example").cert_chain_pems[0].bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no PEM file"),
        (b"\x30\x82\x01\x02 DER", "is no PEM file"),
        (AUTHORITY.private_key_pem.bytes(), "is no PEM file"),
        (b"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n", "cannot be read"),
        (PEM[:-60], "cannot be read"),
        (LEAF, "of a server, not of an authority"),
        (PEM + b" " * 1_000_000, "too large"),
    ],
)
def test_anything_else_is_refused_in_plain_words_with_what_to_ask_for(file, content, words):
    with pytest.raises(SettingsProblem, match=words) as met:
        read_authority(file(content))
    assert "PEM" in met.value.advice


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SettingsProblem, match="No such file"):
        read_authority(str(tmp_path / "gone.pem"))
    with pytest.raises(SettingsProblem):
        read_authority(str(tmp_path))
