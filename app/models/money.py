"""Money as Pleo sends it, exact."""

from dataclasses import KW_ONLY
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Annotated, Final

from pydantic import Field, StringConstraints
from pydantic.dataclasses import dataclass

from app.models.wire import UNREADABLE_FIELDS, WIRE, Exact, Readable

# Python's usual context would round an amount to 28 digits.
_EVERY_DIGIT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)

# ISO 4217 currencies whose minor unit is not a hundredth.
_EXPONENTS: Final = (
    dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    )
    | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
    | dict.fromkeys(("CLF", "UYW"), 4)
)


_LONGEST_CURRENCY: Final = 32


def exponent_of(currency: str) -> int:
    """Decimal places of the currency by ISO 4217; 2 where it is not known."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, config=WIRE)
class Money:
    """`value` counts minor units of `currency`: 896.96 SEK is 89696. `currency` is ISO 4217 or UNDEFINED."""

    _: KW_ONLY
    currency: Annotated[str, StringConstraints(max_length=_LONGEST_CURRENCY)]
    value: Exact

    @property
    def exponent(self) -> int:
        return exponent_of(self.currency)

    @property
    def amount(self) -> Decimal:
        """In whole units of the currency, with all digits that Pleo sent."""
        return self.value.scaleb(-self.exponent, _EVERY_DIGIT)

    @property
    def scale_is_confirmed(self) -> bool:
        """Pleo prints an example for hundredths only, so any other exponent stays a question."""
        return self.exponent == 2 and self.currency != "UNDEFINED"


@dataclass(frozen=True, slots=True, config=WIRE)
class AmountPair:
    """None for an amount that cannot be read."""

    _: KW_ONLY
    in_supplier_currency: Annotated[Money | None, Readable()]
    in_wallet_currency: Annotated[Money | None, Readable()]
    unreadable_fields: tuple[str, ...] = Field(default=(), alias=UNREADABLE_FIELDS)
