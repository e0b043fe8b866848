"""Rows of figures by their days, read once, however many improvements ask."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from baton.core.settings.queries import organisation_zone
from baton.insight.goals.queries import Figure, Kind, Ledger, day_of, rows_of, within
from baton.insight.goals.rules import Span
from baton.insight.lake.queries import kept_answers
from baton.marketing.campaigns.models import Cost
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.spans import spans_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OF_MARKETING = ~Q(channel="") | Q(campaign__isnull=False)
Counts = dict[date, tuple[int, int]]


class Book:
    """Of all days from the first that anybody compares to the last."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.ledger = Ledger(span)
        self._shares: dict[tuple[str, timedelta], Counts] = {}
        self._costs: dict[str, list[tuple[date, date, Decimal]]] = {}
        self._minutes: list[tuple[date, float]] | None = None

    def counted(self, figure: Figure, span: Span) -> int:
        return self.ledger.total(figure, span, None).count

    def days(self, figure: Figure, span: Span) -> dict[date, float]:
        is_money = figure.kind is Kind.MONEY and not figure.costs
        return {
            day: float(sums.amount if is_money else sums.count)
            for day, sums in self.ledger.days(figure, span, None).items()
        }

    def went_on(self, figure: Figure, span: Span, *, within: timedelta) -> tuple[int, int]:
        """How many of how many; each followed for the same time, where that is what it takes."""
        key = (figure.name, within)
        if key not in self._shares:
            self._shares[key] = self._read_shares(figure, within)
        found = [one for day, one in self._shares[key].items() if span.holds(day)]
        return sum(hits for hits, _of in found), sum(of for _hits, of in found)

    def _read_shares(self, figure: Figure, took: timedelta) -> Counts:
        [part] = figure.parts
        hit = part.hit_within(took) if part.hit_within else part.hit and part.hit()
        assert hit is not None  # noqa: S101 -- each share says who went on
        rows = (
            rows_of(part, self.span, None)
            .annotate(on=day_of(part, self.span))
            .order_by()
            .values("on")
        )
        counted = rows.annotate(hits=Count("pk", filter=hit), of=Count("pk"))
        asked = ("shares", figure.name, took, self.span, organisation_zone().key)
        [found] = kept_answers(asked, lambda: [list(counted)])
        return {row["on"]: (row["hits"], row["of"]) for row in found}

    def minutes(self, span: Span) -> list[float]:
        """Working minutes from offer to first response, by the day of the handoff."""
        if self._minutes is None:
            zone = organisation_zone()
            made = Handoff.objects.filter(within("made_at", self.span)).of_marketing()
            self._minutes = [
                (
                    took.handoff.made_at.astimezone(zone).date(),
                    (took.answer + took.response) / MINUTE,
                )
                for took in spans_of(made)
                if took.response is not None
            ]
        return [minutes for day, minutes in self._minutes if span.holds(day)]

    def cost(self, figure: Figure, span: Span) -> Decimal | None:
        """As reports spread it, evenly over its days; None: nothing is known of these days."""
        if figure.costs not in self._costs:
            self._costs[figure.costs] = self._read_costs(figure.costs)
        known = [
            amount * days / ((last - first).days + 1)
            for first, last, amount in self._costs[figure.costs]
            if (days := _shared(span, first, last)) > 0
        ]
        return sum(known, Decimal(0)) if known else None

    def _read_costs(self, of: str) -> list[tuple[date, date, Decimal]]:
        days = Q(from_on__lte=self.span.last, to_on__gte=self.span.first)
        rows = Cost.objects.living().filter(days, base_amount__isnull=False)
        if of != "all":
            rows = rows.filter(OF_MARKETING)
        summed = rows.order_by().values("from_on", "to_on").annotate(sum=Sum("base_amount"))
        return [(row["from_on"], row["to_on"], row["sum"]) for row in summed]


def _shared(span: Span, first: date, last: date) -> int:
    return (min(span.last, last) - max(span.first, first)).days + 1
