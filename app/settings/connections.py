"""The stored connection: everything but its secret."""

import tomllib
from dataclasses import KW_ONLY, field
from enum import StrEnum
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.completion.failure import IntegrationSpecification
from app.errors import SettingsProblem
from app.models.words import DEFAULT_JOB_FAILURE, CompanyId, FailureType
from app.settings.paths import write_whole


class Environment(StrEnum):
    PRODUCTION = "production"
    STAGING = "staging"
    OTHER = "other"
    SANDBOX = "sandbox"


BASE_URLS = {
    Environment.PRODUCTION: "https://external.pleo.io",
    Environment.STAGING: "https://external.staging.pleo.io",
}


@dataclass(frozen=True, slots=True)
class Connection:
    """`specification_file` is a TOML file of the user's; `failure_type` is what Pleo took in place of the default."""

    _: KW_ONLY
    name: str
    environment: Environment
    base_url: str
    company_id: CompanyId | None = None
    is_token: bool = False
    specification_file: str | None = None
    failure_type: FailureType | None = None

    @property
    def is_sandbox(self) -> bool:
        return self.environment is Environment.SANDBOX

    @property
    def credential_name(self) -> str:
        """The name of its secret in the keyring: another address never gets this one's key."""
        return f"{self.base_url} {self.company_id or ''}".strip()


_ADAPTER = TypeAdapter(Connection)


class ConnectionFile:
    """`connection.json` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "connection.json"

    def read(self) -> Connection | None:
        """None where nothing is stored. Raises SettingsProblem for a file that cannot be read."""
        try:
            return _ADAPTER.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise SettingsProblem(
                f"The stored connection in {self.path} cannot be read",
                advice="Enter the connection again under Tools, Connection; the file is replaced then.",
                details=type(error).__name__,
            ) from None

    def write(self, connection: Connection) -> None:
        """Raises SettingsProblem."""
        write_whole(self.path, _ADAPTER.dump_json(connection, indent=2).decode())


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _SpecificationFile:
    """The TOML of an integration specification: the default, and item failure types to the job's."""

    default: FailureType = DEFAULT_JOB_FAILURE
    job_failure_types: dict[FailureType, FailureType] = field(default_factory=dict)


_SPECIFICATION = TypeAdapter(_SpecificationFile)


def read_specification(connection: Connection) -> IntegrationSpecification:
    """The connection's integration specification, or the defaults. Raises SettingsProblem naming what is wrong."""
    if not connection.specification_file:
        return IntegrationSpecification(connection.failure_type or DEFAULT_JOB_FAILURE)
    path = Path(connection.specification_file)
    try:
        content = _SPECIFICATION.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsProblem(
            f"The integration specification {path} is not understood",
            advice='It holds `default = "…"` and a table [job_failure_types] of item type = job type, all in quotes.',
            details=str(error),
        ) from None
    return IntegrationSpecification(connection.failure_type or content.default, content.job_failure_types)
