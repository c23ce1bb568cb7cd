"""The certificate file of the company's own authority, for networks whose proxy reads along."""

import ssl
from pathlib import Path

from app.errors import SettingsProblem, naming_menus
from app.messages import said

_LARGEST_BYTES = 1_000_000


def read_authority(path: str) -> str:
    """The file's text, which holds at least one certificate of an authority as PEM. Raises SettingsProblem."""
    try:
        content = _beginning(Path(path).expanduser())
    except (OSError, RuntimeError) as error:
        raise SettingsProblem(
            said(
                "The certificate file {path} cannot be read: {why}",
                path=path,
                why=getattr(error, "strerror", None) or error,
            ),
            advice=naming_menus(
                said("Choose it again under Tools, Settings, or clear the field. Until then no connection is opened.")
            ),
        ) from None
    problem = _trouble_with(content, Path(path).name)
    if problem:
        raise SettingsProblem(
            problem,
            advice=said(
                "Ask your IT for the certificate of your company's authority as a PEM file: a text that begins with "
                "-----BEGIN CERTIFICATE-----. Windows calls that form Base-64 encoded X.509."
            ),
        )
    return content.decode("ascii", "ignore")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_BYTES + 1)


def _trouble_with(content: bytes, name: str) -> str:
    """Empty where there is none."""
    if len(content) > _LARGEST_BYTES:
        return said("{name} is too large for a certificate file", name=name)
    if b"-----BEGIN CERTIFICATE-----" not in content:
        return said("{name} is no PEM file with a certificate", name=name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=content.decode("ascii", "ignore"))
    except (ssl.SSLError, ValueError):
        return said("{name} holds a certificate that cannot be read", name=name)
    if not context.cert_store_stats()["x509_ca"]:
        return said("{name} holds the certificate of a server, not of an authority", name=name)
    return ""
