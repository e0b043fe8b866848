"""Make all new records of a chunk at once; when one is refused, it alone fails."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from baton.core.errors import RuleViolation
from baton.core.offers import ImportStatus, Verdict
from baton.records.people.actions.each import make_each
from baton.records.people.actions.refusals import (
    BadAddress,
    BadCurrency,
    DomainTaken,
    EmailTaken,
    NoName,
)

New = TypeVar("New")


def make_all(
    fresh: dict[int, New], make: Callable[[Sequence[New]], Sequence[int]]
) -> dict[int, Verdict]:
    """A verdict by place. ``make`` makes all of them, and tells their ids, or on a refusal none."""

    def made(new: Sequence[New]) -> list[Verdict]:
        return [Verdict(ImportStatus.CREATED, made=pk) for pk in make(new)]

    told = make_each([*fresh.values()], made)
    return {
        place: failed(blamed(one), str(one)) if isinstance(one, RuleViolation) else one
        for place, one in zip(fresh, told, strict=True)
    }


def blamed(no: RuleViolation) -> str:
    """The field of a file that a refusal is about; "" when it does not say."""
    if isinstance(no, EmailTaken | BadAddress):
        return "email"
    if isinstance(no, DomainTaken):
        return "domain"
    if isinstance(no, NoName):
        return "full_name"
    if isinstance(no, BadCurrency):
        return "revenue_currency"
    return getattr(no, "field", "")


def failed(field: str, message: str) -> Verdict:
    return Verdict(ImportStatus.FAILED, field, message)
