"""What stands under a report's table: what was inferred, left out, or is not known."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.limits import hidden
from baton.core.ui.formats import grouped
from baton.insight.analytics.queries import PipelineReport, Report
from baton.insight.analytics.queries.drill import STEPS
from baton.insight.analytics.rules import Basis, Row
from baton.insight.analytics.words import step_label
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS

COST_GROUPS = {"source", "campaign"}


@dataclass(frozen=True)
class Note:
    """A sentence; or the links that stand after it."""

    words: str
    links: tuple[tuple[str, str], ...] = ()


def closed_loop_notes(report: Report, behind: Callable[..., str]) -> list[Note]:
    """All that a reader must know to believe the figures; nothing where there is nothing to say."""
    total, asked = report.total, report.question
    skipping = _skipping(total) if asked.basis is Basis.COHORT else ""
    money = _untold() or _amounts(total)
    notes = [
        _inferred(total, behind),
        *map(Note, (_negative(total), money, skipping)),
        Note(_cost(total, by=asked.by), where_costs_are(asked.user)),
        Note(_in_vain(total)),
        Note(_throughput(total)),
    ]
    return [note for note in notes if note.words]


def _inferred(total: Row, behind: Callable[..., str]) -> Note:
    if not total.inferred:
        return Note("")
    links = tuple(
        (
            f"{grouped(total.inferred[step])} {step_label(step)}",
            behind(column=column, only="inferred"),
        )
        for column, step in STEPS.items()
        if step in total.inferred
    )
    return Note(_("Inferred from a later stage:"), links)


def _negative(total: Row) -> str:
    words = []
    if total.negative_steps:
        words.append(
            ngettext(
                "%(n)s step dated before the one it follows is left out of the medians.",
                "%(n)s steps dated before the one they follow are left out of the medians.",
                total.negative_steps,
            )
            % {"n": grouped(total.negative_steps)}
        )
    if total.negative_durations:
        words.append(
            ngettext(
                "%(n)s customer won before the lead began is left out of the days to win.",
                "%(n)s customers won before the lead began are left out of the days to win.",
                total.negative_durations,
            )
            % {"n": grouped(total.negative_durations)}
        )
    return " ".join(words)


def _untold() -> str:
    if "amount" not in hidden("deal"):
        return ""
    return _("What deals are worth is hidden from your role: money here leaves them out.")


def _amounts(total: Row) -> str:
    words = []
    if total.unknown_amounts:
        words.append(
            ngettext(
                "%(n)s won deal without a known amount is not in the revenue.",
                "%(n)s won deals without a known amount are not in the revenue.",
                total.unknown_amounts,
            )
            % {"n": grouped(total.unknown_amounts)}
        )
    if total.unknown_purchases:
        words.append(
            ngettext(
                "%(n)s purchase in a currency without a rate is not in the revenue.",
                "%(n)s purchases in a currency without a rate are not in the revenue.",
                total.unknown_purchases,
            )
            % {"n": grouped(total.unknown_purchases)}
        )
    if total.unknown_opened:
        words.append(
            ngettext(
                "%(n)s deal without a known amount is not in the pipeline.",
                "%(n)s deals without a known amount are not in the pipeline.",
                total.unknown_opened,
            )
            % {"n": grouped(total.unknown_opened)}
        )
    return " ".join(words)


def _skipping(total: Row) -> str:
    """Those who are SQLs but never were SALs, since sales found them or they just bought."""
    count = total.reached("sql") - total.went_on.get("sal", 0)
    if count <= 0:
        return ""
    return ngettext(
        "%(n)s SQL never was a SAL: sales found them, or they bought by themselves.",
        "%(n)s SQLs never were SALs: sales found them, or they bought by themselves.",
        count,
    ) % {"n": grouped(count)}


def _cost(total: Row, *, by: str) -> str:
    if total.cost is None and not total.unknown_costs:
        return _("No cost is on record for these days: it is unknown, not zero.")
    words = []
    if not total.is_whole:
        words.append(
            _("You see some of the people, and cost is of all: so cost per head is unknown.")
        )
    if by not in COST_GROUPS:
        words.append(_("Cost is known by source and by campaign only."))
    else:
        words.append(_("Cost is what falls on these days; a group without any is unknown."))
    if total.unknown_costs:
        words.append(
            ngettext(
                "%(n)s cost without an exchange rate is left out.",
                "%(n)s costs without an exchange rate are left out.",
                total.unknown_costs,
            )
            % {"n": grouped(total.unknown_costs)}
        )
        words.append(_("An admin enters rates under Settings, Exchange rates."))
    return " ".join(words)


def _in_vain(total: Row) -> str:
    """Whom sales was handed and nobody answered."""
    if not total.unanswered:
        return ""
    if not total.is_whole:
        return _("What leads that nobody answered cost is unknown to who sees some of the people.")
    words = [_("Whoever nobody answered cost what a lead of their campaign cost, all in all.")]
    if total.unanswered_unknown:
        words.append(
            ngettext(
                "Of %(n)s of them it is unknown: no campaign, or none with a known cost.",
                "Of %(n)s of them it is unknown: no campaign, or none with a known cost.",
                total.unanswered_unknown,
            )
            % {"n": grouped(total.unanswered_unknown)}
        )
    return " ".join(words)


def where_costs_are(user: User | None) -> tuple[tuple[str, str], ...]:
    may_see = user is not None and user.may(VIEW_CAMPAIGNS)
    return ((_("Costs"), reverse("campaigns:costs")),) if may_see else ()


def _throughput(total: Row) -> str:
    if not total.days:
        return ""
    return ngettext(
        "Throughput is the leads that left the lead stage, a day, over %(n)s day.",
        "Throughput is the leads that left the lead stage, a day, over %(n)s days.",
        total.days,
    ) % {"n": grouped(total.days)}


def pipeline_notes(report: PipelineReport, behind: Callable[..., str]) -> list[Note]:
    """What was left out, and how deals of several products are counted."""
    total, notes = report.total, []
    if total.undated:
        words = ngettext(
            "%(n)s deal without an opening date counts as created when it came here.",
            "%(n)s deals without an opening date count as created when they came here.",
            total.undated,
        )
        show = ((_("Show"), behind(column="undated")),)
        notes.append(Note(words % {"n": grouped(total.undated)}, show))
    if total.negative:
        words = ngettext(
            "%(n)s deal won before it was opened is left out of the days to win.",
            "%(n)s deals won before they were opened are left out of the days to win.",
            total.negative,
        )
        notes.append(Note(words % {"n": grouped(total.negative)}))
    without = total.open - total.open_priced + total.won - total.won_priced
    if said := _untold():
        notes.append(Note(said))
    elif without:
        words = ngettext(
            "%(n)s deal without a known amount adds to no amount.",
            "%(n)s deals without a known amount add to no amount.",
            without,
        )
        notes.append(Note(words % {"n": grouped(without)}))
    if report.by == "product":
        notes.append(Note(_("A deal of several products counts once with each, by its lines.")))
    return notes
