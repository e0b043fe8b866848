"""The finding of each chart, in words: computed, so that it is true of what stands below it."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.ui.formats import grouped, percent, unknown
from baton.insight.analytics.rules import PipelineRow, Row, findings
from baton.insight.analytics.words import group_label, reason_label, step_label

MINUS = "\N{MINUS SIGN}"
ALIKE = 0.005  # a share that moved less is called the same


def of_funnel(row: Row, before: Row | None = None, *, is_cohort: bool = True) -> str:
    """How many came through, where they stop, where they wait, and what changed most."""
    counts = _through(row) if is_cohort else _in_period(row)
    return " ".join(filter(None, [counts, _stop(row), _shift(row, before) if before else ""]))


def _in_period(row: Row) -> str:
    """Counted by event those are other people."""
    return _("In these days %(leads)s leads, %(mqls)s MQLs, %(won)s won.") % {
        "leads": grouped(row.reached("lead")),
        "mqls": grouped(row.reached("mql")),
        "won": grouped(row.won),
    }


def _through(row: Row) -> str:
    leads = row.reached("lead")
    words = ngettext(
        "Of %(leads)s lead %(mqls)s became MQL and %(won)s customer.",
        "Of %(leads)s leads %(mqls)s became MQL and %(won)s customers.",
        leads,
    )
    return words % {
        "leads": grouped(leads),
        "mqls": grouped(row.reached("mql")),
        "won": grouped(row.won),
    }


def _stop(row: Row) -> str:
    weakest, slowest = findings.weakest_step(row), findings.slowest_step(row)
    words = []
    if weakest:
        words.append(
            _("The smallest share goes on from %(start)s to %(end)s: %(share)s.")
            % {
                "start": step_label(weakest.start),
                "end": step_label(weakest.end),
                "share": percent(weakest.figure),
            }
        )
    if slowest:
        words.append(
            _("The longest wait is before %(end)s: %(days)s in the median.")
            % {"end": step_label(slowest.end), "days": days(slowest.figure)}
        )
    return " ".join(words)


def _shift(row: Row, before: Row) -> str:
    shift = findings.largest_shift(row, before)
    if not shift or abs(shift.now - shift.before) < ALIKE:
        return ""
    better = _("%(start)s to %(end)s improved most: %(now)s, from %(before)s.")
    worse = _("%(start)s to %(end)s fell most: %(now)s, from %(before)s.")
    start, end = shift.pair.split(">")
    return (better if shift.now > shift.before else worse) % {
        "start": step_label(start),
        "end": step_label(end),
        "now": percent(shift.now),
        "before": percent(shift.before),
    }


def of_reasons(total: Row, rows: Sequence[Row], *, by: str) -> str:
    """What sales said most often, and of whom."""
    first = findings.first_reason(total)
    if not first:
        return _("Sales has said no to nobody here.")
    reason, share = first
    if [one.count for one in total.reasons].count(reason.count) > 1:
        return _("Sales said no %(count)s times; no reason stands out.") % {
            "count": grouped(total.refusals)
        }
    words = ngettext(
        "Sales said no %(count)s time. “%(reason)s” leads with %(first)s, %(share)s.",
        "Sales said no %(count)s times. “%(reason)s” leads with %(first)s, %(share)s.",
        total.refusals,
    ) % {
        "count": grouped(total.refusals),
        "reason": reason_label(reason.reason, kind=reason.kind),
        "first": grouped(reason.count),
        "share": percent(share),
    }
    most = findings.most_of(reason, rows)
    if not most:
        return words
    where = _("Most of those: %(group)s, %(count)s.") % {
        "group": group_label(by, most[0].label),
        "count": grouped(most[1]),
    }
    return f"{words} {where}"


def of_revenue(amounts: dict[str, Decimal]) -> str:
    """Where most of the money came from."""
    largest = findings.largest_share(amounts)
    if not largest:
        return _("Nothing is won yet, or no won deal has an amount.")
    return _("%(group)s brought %(share)s of the revenue.") % {
        "group": largest[0],
        "share": percent(largest[1]),
    }


def of_won(total: PipelineRow, amounts: dict[str, Decimal]) -> str:
    """How many deals were won of those closed, and who won most of the money."""
    closed = total.won + total.lost
    words = ngettext(
        "%(won)s of %(closed)s closed deal won, %(rate)s.",
        "%(won)s of %(closed)s closed deals won, %(rate)s.",
        closed,
    ) % {"won": grouped(total.won), "closed": grouped(closed), "rate": percent(total.win_rate)}
    largest = findings.largest_share(amounts)
    if not closed:
        return _("No deal is closed yet.")
    if not largest:
        return words
    share = _("%(group)s has %(share)s of the amount won.") % {
        "group": largest[0],
        "share": percent(largest[1]),
    }
    return f"{words} {share}"


def of_rates(rates: dict[str, float]) -> str:
    """Who wins the largest and the smallest share of what they close."""
    if not rates:
        return _("No deal is closed yet.")
    best, worst = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    if best == worst or rates[best] == rates[worst]:
        return _("%(group)s wins %(rate)s.") % {"group": best, "rate": percent(rates[best])}
    return _("%(best)s wins most often, %(high)s; %(worst)s least often, %(low)s.") % {
        "best": best,
        "high": percent(rates[best]),
        "worst": worst,
        "low": percent(rates[worst]),
    }


def days(figure: float | None) -> str:
    """12 days, 6.2 days; under two days in hours, under two hours in minutes."""
    if figure is None:
        return unknown()
    span = timedelta(days=figure)
    if span < timedelta(hours=2):
        return _("%(n)s min") % {"n": grouped(span.total_seconds() // 60)}
    if span < timedelta(days=2):
        return _("%(n)s h") % {"n": grouped(round(span.total_seconds() / 3600))}
    return _("%(n)s days") % {"n": grouped(round(figure, d := int(figure < 10)), decimals=d)}


def change(share: float | None) -> str:
    """With its sign; "same" when it rounds to nothing, and "" when there is nothing to compare."""
    if share is None:
        return ""
    if abs(share) < ALIKE:
        return _("same")
    return f"{'+' if share > 0 else MINUS}{percent(abs(share))}"
