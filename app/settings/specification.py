"""The integration specification: which job failure type the user's integration uses."""

from dataclasses import field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from app.completion.failure import IntegrationSpecification
from app.errors import SettingsProblem
from app.messages import said
from app.models.vocabulary import DEFAULT_JOB_FAILURE, FailureType
from app.settings.connections import Connection
from app.texts.parsing import read_toml


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
        content = _SPECIFICATION.validate_python(read_toml(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SettingsProblem(
            said("The integration specification {path} is not understood", path=path),
            advice=said(
                'It holds `default = "…"` and a table [job_failure_types] of item type = job type, all in quotes.'
            ),
            details=str(error),
        ) from None
    return IntegrationSpecification(connection.failure_type or content.default, content.job_failure_types)
