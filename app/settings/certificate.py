"""The certificate file of the company's own authority, for networks whose proxy reads along."""

import ssl
from pathlib import Path

from app.errors import SettingsProblem

_LARGEST_BYTES = 1_000_000


def read_authority(path: str) -> str:
    """The file's text, which holds at least one certificate of an authority as PEM. Raises SettingsProblem."""
    try:
        content = _beginning(Path(path).expanduser())
    except (OSError, RuntimeError) as error:
        raise SettingsProblem(
            f"The certificate file {path} cannot be read: {getattr(error, 'strerror', None) or error}",
            advice="Choose it again under Tools, Settings, or clear the field. Until then no connection is opened.",
        ) from None
    problem = _trouble_with(content)
    if problem:
        raise SettingsProblem(
            f"{Path(path).name} {problem}",
            advice="Ask your IT for the certificate of your company's authority as a PEM file: a text that begins with "
            "-----BEGIN CERTIFICATE-----. Windows calls that form Base-64 encoded X.509.",
        )
    return content.decode("ascii", "ignore")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_BYTES + 1)


def _trouble_with(content: bytes) -> str:
    """Empty where there is none."""
    if len(content) > _LARGEST_BYTES:
        return "is too large for a certificate file"
    if b"-----BEGIN CERTIFICATE-----" not in content:
        return "is no PEM file with a certificate"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=content.decode("ascii", "ignore"))
    except (ssl.SSLError, ValueError):
        return "holds a certificate that cannot be read"
    if not context.cert_store_stats()["x509_ca"]:
        return "holds the certificate of a server, not of an authority"
    return ""
