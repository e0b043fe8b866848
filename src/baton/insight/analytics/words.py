"""How channels, groups, reasons and periods are called on screens."""

from datetime import date

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.words import label_of
from baton.insight.analytics.rules import (
    NO_TOUCH,
    PAIRS,
    Basis,
    Choice,
    LookBack,
    Period,
    Span,
    Unit,
    unit_of,
)
from baton.marketing.capture.queries import channel_words
from baton.marketing.capture.rules import Channel
from baton.qualification.handoff.queries import verdict_words
from baton.records.people.queries import origin_words
from baton.sales.deals.queries import reason_words

# How a screen calls what it groups by: one, and all of them.
BY: dict[str, Promise] = {
    "source": gettext_lazy("Source"),
    "campaign": gettext_lazy("Campaign"),
    "persona": gettext_lazy("Persona"),
    "origin": gettext_lazy("Origin"),
    "rep": gettext_lazy("Rep"),
    "landing_page": gettext_lazy("Landing page"),
    "manager": gettext_lazy("Manager"),
    "product": gettext_lazy("Product"),
    "region": gettext_lazy("Region"),
    "company": gettext_lazy("Company"),
    "channel": gettext_lazy("Channel"),
    "touch_source": gettext_lazy("Source"),
    "team": gettext_lazy("Team"),
    "speed": gettext_lazy("Speed of answer"),
}
ALL: dict[str, Promise] = {
    "source": gettext_lazy("All sources"),
    "campaign": gettext_lazy("All campaigns"),
    "persona": gettext_lazy("All personas"),
    "origin": gettext_lazy("All origins"),
    "rep": gettext_lazy("All reps"),
    "landing_page": gettext_lazy("All landing pages"),
    "manager": gettext_lazy("All managers"),
    "product": gettext_lazy("All products"),
    "region": gettext_lazy("All regions"),
    "company": gettext_lazy("All companies"),
    "channel": gettext_lazy("All channels"),
    "touch_source": gettext_lazy("All sources"),
    "team": gettext_lazy("All teams"),
}
NONE: dict[str, Promise] = {
    "source": gettext_lazy("No source"),
    "campaign": gettext_lazy("No campaign"),
    "persona": gettext_lazy("No persona"),
    "origin": gettext_lazy("No origin"),
    "rep": gettext_lazy("Nobody"),
    "landing_page": gettext_lazy("No landing page"),
    "manager": gettext_lazy("No manager"),
    "product": gettext_lazy("No product"),
    "region": gettext_lazy("No region"),
    "company": gettext_lazy("No company"),
    "channel": gettext_lazy("No channel"),
    "touch_source": gettext_lazy("No source"),
    "team": gettext_lazy("No team"),
}
# Without a channel the origin is the source.
FOUND_BY: dict[str, Promise] = {
    "sales": gettext_lazy("Found by sales"),
    "partner": gettext_lazy("Partner"),
    "customer": gettext_lazy("Customer referral"),
}
CHOICES: dict[str, Promise] = {
    Choice.THIS_MONTH: gettext_lazy("This month"),
    Choice.LAST_MONTH: gettext_lazy("Last month"),
    Choice.THIS_QUARTER: gettext_lazy("This quarter"),
    Choice.LAST_QUARTER: gettext_lazy("Last quarter"),
    Choice.THIS_YEAR: gettext_lazy("This year"),
    Choice.ALL: gettext_lazy("All time"),
}
BASES: dict[str, Promise] = {
    Basis.COHORT: gettext_lazy("By entry"),
    Basis.EVENT: gettext_lazy("By event"),
}
MODEL_WORDS: dict[str, Promise] = {
    "first": gettext_lazy("First touch"),
    "last": gettext_lazy("Last touch"),
    "linear": gettext_lazy("Linear"),
}
LOOK_BACKS: dict[str, Promise] = {
    LookBack.DAYS_30: gettext_lazy("30 days"),
    LookBack.DAYS_90: gettext_lazy("90 days"),
    LookBack.DAYS_180: gettext_lazy("180 days"),
    LookBack.DAYS_365: gettext_lazy("365 days"),
    LookBack.ALL: gettext_lazy("No limit"),
}
SPAN_WORDS: dict[str, Promise] = {
    Span.MONTH: gettext_lazy("By month"),
    Span.WEEK: gettext_lazy("By week"),
}
COHORT_WORDS: dict[str, Promise] = {
    "leads": gettext_lazy("Leads"),
    "within": gettext_lazy("Reached in time"),
    "reached": gettext_lazy("Reached so far"),
    "open": gettext_lazy("Still open"),
}
BEFORE = {end: (start, end) for start, end in PAIRS}
TOUCHED_WORDS = gettext_lazy("Deals touched")
TOUCHES: dict[str, Promise] = {
    "visit.made": gettext_lazy("Visit"),
    "form.submitted": gettext_lazy("Form sent"),
    "campaign.joined": gettext_lazy("Campaign response"),
    "source": gettext_lazy("Source on record"),
}

COLUMNS: dict[str, Promise] = {
    "leads": gettext_lazy("Leads"),
    "mqls": gettext_lazy("MQLs"),
    "sals": gettext_lazy("SALs"),
    "sqls": gettext_lazy("SQLs"),
    "opportunities": gettext_lazy("Opportunities"),
    "won": gettext_lazy("Won"),
    "moved_on": gettext_lazy("Left the lead stage"),
    "pipeline_created": gettext_lazy("With a deal opened"),
    "revenue": gettext_lazy("With a deal won or a purchase"),
    "lost": gettext_lazy("Lost"),
    "reasons": gettext_lazy("Sales said no"),
    "unanswered": gettext_lazy("Nobody answered"),
}
DEAL_COLUMNS: dict[str, Promise] = {
    "created": gettext_lazy("Deals created"),
    "created_won": gettext_lazy("Deals created, won by now"),
    "open": gettext_lazy("Open deals"),
    "won": gettext_lazy("Won deals"),
    "lost": gettext_lazy("Lost deals"),
    "undated": gettext_lazy("Deals without an opening date"),
}
VELOCITY_WORDS: dict[str, Promise] = {
    "open": gettext_lazy("Open deals"),
    "stood": gettext_lazy("Deals open at the end"),
    "won": gettext_lazy("Won deals"),
    "closed": gettext_lazy("Closed deals"),
    "timed": gettext_lazy("Won deals, days known"),
}
LAST_YEAR_WORDS: dict[str, Promise] = {
    "leads": gettext_lazy("Leads"),
    "untouched": gettext_lazy("Never touched"),
    "timed": gettext_lazy("First activity known"),
    "won": gettext_lazy("Won"),
    "closed": gettext_lazy("Won or lost"),
    "revenue": gettext_lazy("With money won"),
}
ONLY: dict[str, Promise] = {
    "inferred": gettext_lazy("inferred from a later stage"),
    "stayed": gettext_lazy("did not go on"),
    "went_on": gettext_lazy("went on"),
    "timed": gettext_lazy("days known"),
}
STATES: dict[str, Promise] = {
    "open": gettext_lazy("Open"),
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
}


def group_label(by: str, label: str) -> str:
    """What the report calls a group, as people say it; the nameless one by its lack."""
    if label == NO_TOUCH:
        return _("No known touch")
    if not label:
        return str(NONE[by])
    if by == "origin":
        return origin_words(label)
    if by == "channel":
        return _channel_label(label)
    return _source_label(label) if by == "source" else label


def _source_label(source: str) -> str:
    if source in FOUND_BY:
        return str(FOUND_BY[source])
    return _channel_label(source)


def _channel_label(channel: str) -> str:
    return channel_words(channel) if channel in set(Channel) else _spoken(channel)


def touch_words(name: str) -> str:
    """What kind of touch it was."""
    return str(TOUCHES.get(name) or _("Marketing touch"))


def reason_label(reason: str, *, kind: str = "") -> str:
    """Why sales said no, as the handoff or the deal calls it; of a lost deal it says so."""
    if kind == "deal":
        words = _said(reason_words(reason, state="lost"), reason)
        return _("%(reason)s, deal lost") % {"reason": words}
    return _said(verdict_words(reason), reason)


def _said(words: str, code: str) -> str:
    """What nobody has words for is spoken as it stands."""
    return words if words != code else _spoken(code)


def step_label(step: str) -> str:
    """A stage of the funnel; the last one is called by what happened."""
    return _("Won") if step == "customer" else label_of(step)


def way_words(step: str) -> str:
    """To a step from the one before: MQL to SAL; "won" is all the way."""
    start, end = ("lead", "customer") if step == "won" else BEFORE[step]
    return _("%(start)s to %(end)s") % {"start": step_label(start), "end": step_label(end)}


def period_words(period: Period) -> str:
    """Q3 2026, September 2026, 2026, else 1 Jul to 30 Sep 2026; open ends in words."""
    first, latest = period.from_on, period.to_on
    if first and latest:
        return _closed_words(first, latest, unit_of(period))
    if first:
        return _("since %(day)s") % {"day": _day(first)}
    return _("until %(day)s") % {"day": _day(latest)} if latest else _("All time")


def cohort_words(began_on: date, span: Span) -> str:
    """March 2026, or the week that began on 2 Mar 2026."""
    if span is Span.MONTH:
        return dateformat.format(began_on, "M Y")
    return _day(began_on)


def span_words(spans: int, span: Span) -> str:
    """3 months, 1 week."""
    if span is Span.MONTH:
        return ngettext("%(n)s month", "%(n)s months", spans) % {"n": spans}
    return ngettext("%(n)s week", "%(n)s weeks", spans) % {"n": spans}


def days_words(period: Period) -> str:
    """The same with its days spelled out."""
    if period.from_on and period.to_on:
        return _closed_words(period.from_on, period.to_on, Unit.DAYS)
    return period_words(period)


def _closed_words(first: date, latest: date, unit: Unit) -> str:
    if unit is Unit.YEAR:
        return str(first.year)
    if unit is Unit.QUARTER:
        return _("Q%(quarter)s %(year)s") % {
            "quarter": (first.month + 2) // 3,
            "year": first.year,
        }
    if unit is Unit.MONTH:
        return dateformat.format(first, "F Y")
    if first == latest:
        return _day(first)
    start = dateformat.format(first, "j M" if first.year == latest.year else "j M Y")
    if (first.year, first.month) == (latest.year, latest.month):
        start = dateformat.format(first, "j")
    return _("%(first)s – %(latest)s") % {"first": start, "latest": _day(latest)}


def _day(day: date) -> str:
    return dateformat.format(day, "j M Y")


def _spoken(code: str) -> str:
    """``paid_search`` is "Paid search"; what somebody wrote as words stays as it is."""
    is_code = code == code.lower() and " " not in code
    return code.replace("_", " ").capitalize() if is_code else code
