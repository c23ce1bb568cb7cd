"""What a sign-in by OAuth leaves behind: one text for the credential store, so that both tokens are saved together."""

from dataclasses import field, replace
from datetime import datetime

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.errors import SettingsProblem, naming_menus
from app.messages import said
from app.platform.logs import redaction
from app.pleo.connection import Credential

_EARLIEST_SECONDS = 300
# Of the token's life: a short one is not spent on being renewed.
_EARLY_SHARE = 0.2
_QUIET = ConfigDict(extra="ignore", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True, config=_QUIET)
class TokenAnswer:
    """What the token endpoint grants. Raises UsageProblem for a token with letters that no header may carry."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_in: float | None = Field(default=None, ge=0)

    def __post_init__(self) -> None:
        for token in (self.access_token, *([self.refresh_token] if self.refresh_token is not None else [])):
            redaction.hide(token)
            Credential(token, is_token=True)


@dataclass(frozen=True, slots=True, config=_QUIET)
class SignInTokens:
    """Both tokens, and what is known of them. Times are seconds since 1970; None where Pleo said nothing of an end.

    `refresh_has_left` is written before a refresh token is sent, and stays where no answer came: a refresh token that
    is used twice can void every token of the consent. Without an access token the sign-in is over.
    """

    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    renew_at: float | None = None
    expires_at: float | None = None
    refresh_has_left: bool = False
    client_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for secret in (self.access_token, self.refresh_token, self.client_secret):
            redaction.hide(secret)

    @property
    def is_over(self) -> bool:
        return not self.access_token

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now.timestamp() >= self.expires_at

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to renew, a little before the end."""
        return self.renew_at is not None and now.timestamp() >= self.renew_at

    def ended(self) -> "SignInTokens":
        return SignInTokens(client_secret=self.client_secret)

    def followed_by(self, answer: TokenAnswer, now: datetime) -> "SignInTokens":
        """The new pair. Where no new refresh token came, RFC 6749 has the old one go on."""
        life = answer.expires_in
        early = min(_EARLIEST_SECONDS, life * _EARLY_SHARE) if life is not None else 0
        return replace(
            self,
            access_token=answer.access_token,
            refresh_token=answer.refresh_token or self.refresh_token,
            renew_at=now.timestamp() + life - early if life is not None else None,
            expires_at=now.timestamp() + life if life is not None else None,
            refresh_has_left=False,
        )

    def as_text(self) -> str:
        return _TOKENS.dump_json(self).decode()


_TOKENS = TypeAdapter(SignInTokens)


def read_tokens(text: str) -> SignInTokens:
    """Raises SettingsProblem for a text that is none of `as_text`'s."""
    try:
        return _TOKENS.validate_json(text)
    except ValidationError:
        pass
    raise SettingsProblem(
        said("The stored sign-in cannot be read"), advice=naming_menus(said("Sign in again under Tools, Connections."))
    )
