"""With whom it is time to speak."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db.models import F, Q

from baton.core import filters
from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.models import Agreement
from baton.sales.customers.models import CheckinRule, Customer, CustomerQuerySet
from baton.sales.customers.rules import Rhythm


def rhythm_of(customer: Customer, *, agreed: Agreement) -> Rhythm:
    """As it was when the latest word began it, else the agreement's; and what was said for this
    one alone."""
    well, watch = customer.rhythm_well, customer.rhythm_watch
    risk = customer.rhythm_risk
    if customer.rhythm_since is None or well is None or watch is None or risk is None:
        usual = usual_rhythm(agreed)
        return replace(usual, own=customer.checkin_days, rule=customer.rhythm_rule)
    own = customer.checkin_days
    return Rhythm(well=well, watch=watch, risk=risk, own=own, rule=customer.rhythm_rule)


def usual_rhythm(agreed: Agreement) -> Rhythm:
    """Of who fits no row of the table."""
    numbers = {name: getattr(agreed, f"checkin_{name}") for name in ("well", "watch", "risk")}
    return Rhythm(**numbers)


def rhythms_by_table(
    customers: Collection[Customer], *, agreed: Agreement, at: datetime
) -> dict[int, Rhythm]:
    """By id, as the table says now: the first row that they fit. One query a row."""
    found: dict[int, Rhythm] = {}
    left = {one.pk for one in customers}
    for rule in CheckinRule.objects.in_order() if left else ():
        chosen = _condition(rule)
        if chosen is None or not left:
            continue
        asked = filters.compile(chosen, at=at, zone=organisation_zone())
        fits = set(Customer.objects.filter(asked, pk__in=left).values_list("pk", flat=True))
        left -= fits
        days = {"well": rule.well, "watch": rule.watch, "risk": rule.risk}
        found |= dict.fromkeys(fits, Rhythm(**days, rule=rule.name))
    return found | dict.fromkeys(left, usual_rhythm(agreed))


def condition_words(rule: CheckinRule) -> str:
    """ "" where a field that it asks by is gone: nobody fits it then."""
    chosen = _condition(rule)
    return filters.describe(chosen) if chosen else ""


def _condition(rule: CheckinRule) -> filters.Filter | None:
    try:
        return filters.parse(rule.condition, object_type="customer")
    except filters.BadFilter:
        return None


def checkins_due(rows: CustomerQuerySet, *, today: date) -> CustomerQuerySet:
    """Whose day has come, or is over."""
    return rows.filter(checkin_on__lte=today)


def checkins_for(user: User, *, today: date, most: int) -> list[Customer]:
    """With whom this owner is to speak, the longest overdue first."""
    return _MINE.rows(owner=user.pk, today=today, most=Fixed(most))


_MINE = Prepared(
    lambda owner, today, most: (
        checkins_due(Customer.objects.living().filter(owner=owner), today=today)
        .select_related("company", "person")
        .order_by("checkin_on", "pk")[:most]
    )
)


def checkins_to_tell(*, today: date, most: int) -> CustomerQuerySet:
    """Whose day is over, and of whom nobody was told since the latest word."""
    untold = Q(checkin_told_at=None) | Q(checkin_told_at__lt=F("contacted_at"))
    late = Customer.objects.living().filter(untold, checkin_on__lt=today)
    return late.order_by("checkin_on", "pk")[:most]
