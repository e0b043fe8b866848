"""Make all new records of a chunk at once; when one is refused, it alone fails."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from baton.core.errors import RuleViolation
from baton.core.offers import ImportStatus, Verdict
from baton.records.people.actions.refusals import (
    BadAddress,
    BadCurrency,
    DomainTaken,
    EmailTaken,
    NoName,
)

CREATED = Verdict(ImportStatus.CREATED)
New = TypeVar("New")


def make_all(fresh: dict[int, New], make: Callable[[Sequence[New]], object]) -> dict[int, Verdict]:
    """A verdict by place. ``make`` makes all of them or, on a refusal, none."""
    if not fresh:
        return {}
    try:
        make(list(fresh.values()))
    except RuleViolation as no:
        if len(fresh) == 1:
            return {place: failed(blamed(no), str(no)) for place in fresh}
        places, middle = list(fresh.items()), len(fresh) // 2
        first = make_all(dict(places[:middle]), make)
        return first | make_all(dict(places[middle:]), make)
    return dict.fromkeys(fresh, CREATED)


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
