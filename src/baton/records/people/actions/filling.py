"""What the kept record takes over by itself: the fields that it lacks."""

from collections.abc import Sequence
from typing import Any

from baton.core.changes.actions import plain
from baton.records.people.models import Company, Person

TOGETHER = ("channel", "campaign", "landing_page")  # one source: never half of two
PROFILE = ("seniority", "buying_role", "linkedin", "x", "website")
PERSON_FILLED = (
    "job_title",
    *PROFILE,
    "company",
    "language",
    "zone",
    "country",
    "owner",
    "said_source",
)
REACHED = ("phone", "linkedin", "x", "website", "territory", "street", "postcode")
COMPANY_FILLED = ("industry", "employee_count", *REACHED, "city", "country", "region", "owner")


def person_fill(kept: Person, others: Sequence[Person]) -> dict[str, Any]:
    """By field what the first of the others has, who has anything there."""
    filled = _lacking(kept, others, PERSON_FILLED) | _custom(kept, others)
    filled |= _names(kept, others)
    if not any(getattr(kept, name) for name in TOGETHER):
        source = next((row for row in others if row.channel), None)
        filled |= {name: getattr(source, name) for name in TOGETHER} if source else {}
    return filled


def company_fill(kept: Company, others: Sequence[Company]) -> dict[str, Any]:
    """The same of companies; revenue goes with its currency, and nobody gets a mother by it."""
    filled = _lacking(kept, others, COMPANY_FILLED) | _custom(kept, others)
    if kept.annual_revenue is None:
        rich = next((row for row in others if row.annual_revenue is not None), None)
        money = ("annual_revenue", "revenue_currency")
        filled |= {name: getattr(rich, name) for name in money} if rich else {}
    return filled | _without_itself(kept, others)


def kept_apart(record: Person | Company) -> dict[str, Any]:
    """All that the merged one says of itself, for the history of the kept one."""
    names = PERSON_FILLED + TOGETHER if isinstance(record, Person) else COMPANY_FILLED
    said = {name: plain(getattr(record, name)) for name in names if getattr(record, name)}
    return {"name": str(record), **said, **({"custom": record.custom} if record.custom else {})}


def _lacking(
    kept: Person | Company, others: Sequence[Person | Company], names: Sequence[str]
) -> dict[str, Any]:
    return {
        name: found
        for name in names
        if getattr(kept, name) in (None, "")
        if (found := next(filter(None, (getattr(row, name) for row in others)), None))
    }


def _custom(kept: Person | Company, others: Sequence[Person | Company]) -> dict[str, Any]:
    """Each of the company's own fields by itself."""
    merged: dict[str, Any] = {}
    for row in (*reversed(others), kept):
        merged |= {code: value for code, value in row.custom.items() if value not in (None, "", [])}
    whole = {**kept.custom, **merged}
    return {"custom": whole} if whole != kept.custom else {}


def _names(kept: Person, others: Sequence[Person]) -> dict[str, str]:
    """The other half of a name, from who has the same first half."""
    for mine, other in (("first_name", "last_name"), ("last_name", "first_name")):
        half = getattr(kept, other).casefold()
        for row in others:
            is_same = half and getattr(row, other).casefold() == half
            if is_same and not getattr(kept, mine) and getattr(row, mine):
                return {mine: getattr(row, mine)}
    return {}


def _without_itself(kept: Company, others: Sequence[Company]) -> dict[str, Any]:
    """A daughter that takes in her mother belongs to where the mother belonged."""
    gone = {row.pk for row in others}
    above = _above(kept)
    if not gone & {mother.pk for mother in above}:
        return {}
    last = max(place for place, mother in enumerate(above) if mother.pk in gone)
    return {"parent": above[last + 1] if last + 1 < len(above) else None}


def _above(company: Company) -> list[Company]:
    """Its mother, her mother and so on; never in a ring."""
    found: list[Company] = []
    mother = company.parent
    while mother is not None and mother not in found:
        found.append(mother)
        mother = mother.parent
    return found
