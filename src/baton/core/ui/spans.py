"""A list in groups by a date: by month or by quarter, in the company's zone, latest last."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import DateField, DateTimeField, Model, Q
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils import dateformat
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.settings.queries import organisation_zone
from baton.core.ui.grouping import Grouping, Words

EARLIEST, LATEST = 1000, 9000  # years
MONTH, QUARTER = "month", "quarter"
STEPS = {MONTH: 1, QUARTER: 3}
TRUNCATED: dict[str, Any] = {MONTH: TruncMonth, QUARTER: TruncQuarter}
LABELS = {
    MONTH: gettext_lazy("{field}, by month"),
    QUARTER: gettext_lazy("{field}, by quarter"),
}


def by_spans(model: type[Model], field: str, label: Words) -> tuple[Grouping, ...]:
    """Two groupings: a month and a quarter of that field of the row's own table."""
    return tuple(_by_span(model, field, label, span) for span in STEPS)


def _by_span(model: type[Model], field: str, label: Words, span: str) -> Grouping:
    is_moment = isinstance(model._meta.get_field(field), DateTimeField)

    def cut() -> Any:
        zone = {"tzinfo": organisation_zone()} if is_moment else {}
        return TRUNCATED[span](field, output_field=DateField(), **zone)

    def having(first: date) -> Q:
        if not EARLIEST < first.year < LATEST:
            raise ValueError(first)
        start, end = first, later(first, span)
        if not is_moment:
            return Q(**{f"{field}__gte": start, f"{field}__lt": end})
        zone = organisation_zone()
        since, until = (datetime.combine(day, time.min, zone) for day in (start, end))
        return Q(**{f"{field}__gte": since, f"{field}__lt": until})

    return Grouping(
        name=f"{field}.{span}",
        label=format_lazy(LABELS[span], field=label),
        field=f"{field}_{span}",
        by=cut,
        named=named_by(span),
        empty=gettext_lazy("No date"),
        having=having,
        nothing=Q(**{f"{field}__isnull": True}),
        span=span,
    )


def named_by(span: str) -> Callable[[Sequence[Any]], Mapping[Any, Words]]:
    """The spans that have rows, the earliest first."""
    return lambda values: {first: words_of(first, span) for first in sorted(values)}


def words_of(first: date, span: str) -> str:
    """ "Mar 2026", "Q1 2026"."""
    if span == QUARTER:
        return _("Q%(number)d %(year)d") % {"number": first.month // 3 + 1, "year": first.year}
    return dateformat.format(first, "M Y")


def later(first: date, span: str) -> date:
    """When the next one begins."""
    months = first.year * 12 + first.month - 1 + STEPS[span]
    return date(months // 12, months % 12 + 1, 1)
