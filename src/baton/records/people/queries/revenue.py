"""What companies turn over, in one currency, so that it can be added up."""

from datetime import date

from django.db.models import Case, DecimalField, ExpressionWrapper, F, OuterRef, Subquery, When
from django.db.models.expressions import Combinable

from baton.core.money.models import Rate


def revenue_in(base: str, *, on: date) -> Combinable:
    """At the latest rate known on that day; null where nobody knows one. Without a currency it is
    meant in the company's."""
    rates = Rate.objects.filter(currency=OuterRef("revenue_currency"), base_currency=base)
    latest = Subquery(rates.known_on(on).values("rate")[:1])
    amount = DecimalField(max_digits=24, decimal_places=2)
    changed = ExpressionWrapper(F("annual_revenue") * latest, output_field=amount)
    is_own = When(revenue_currency__in=[base, ""], then=F("annual_revenue"))
    return Case(is_own, default=changed, output_field=amount)
