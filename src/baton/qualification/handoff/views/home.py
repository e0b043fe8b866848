"""What the handoff shows on the first page of the day."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from baton.core.access.doors import user_of
from baton.core.calendars.queries import leave_now
from baton.core.home.slots import (
    LOOKERS,
    MANAGERS,
    MARKETERS,
    OWNERS,
    SELLERS,
    Counts,
    HomeBlock,
    HomePlace,
)
from baton.qualification.handoff.desk import drawn
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.promises import behind_url, clock_promises, promises_kept
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import Promise, attainment, months_before
from baton.qualification.handoff.queries.day import counted_late, late_now, load_of_reps
from baton.qualification.handoff.queries.desk import MINE, TEAM, rows_of, waiting_for
from baton.qualification.handoff.queries.promised import are_promised, clocks_kept, first_owed
from baton.qualification.handoff.queries.quality import quality_of_all
from baton.qualification.handoff.queries.shown import shown_clocks
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import reason_label

FEW = 5
MONTHS = "3"  # as the page of lead quality asks for them


@on_their_clock
def leads_block(request: HttpRequest) -> str:
    """One's own leads with their clocks, the most urgent first."""
    user, now = user_of(request), timezone.now()
    rows = rows_of(user, MINE, most=FEW)
    if not rows and user.role not in SELLERS:
        return ""  # who only could answer leads is not told that there are none
    context = {
        "rows": list(drawn(rows, tab=MINE, user=user, now=now)),
        "waiting": waiting_for(user, at=now),
    }
    return render_to_string("handoff/home_leads.html", context, request=request)


@on_their_clock
def clocks_block(request: HttpRequest) -> str:
    """Answers and deals that one owes; to who manages, those of the team that are late."""
    user, now = user_of(request), timezone.now()
    is_team = user.role not in SELLERS
    rows = first_owed(user, is_team=is_team, until=now if is_team else None, most=FEW)
    shown = shown_clocks(rows, user=user, now=now)
    if not shown:
        return ""
    context = {"rows": shown, "is_team": is_team}
    return render_to_string("handoff/home_clocks.html", context, request=request)


@on_their_clock
def late_block(request: HttpRequest) -> str:
    """Who waits beyond what was promised, and for whom."""
    user, now = user_of(request), timezone.now()
    rows = list(drawn(late_now(user, at=now, most=FEW), tab=TEAM, user=user, now=now))
    late, count = counted_late(user, at=now)
    context = {"rows": rows, "late": late, "all": count}
    return render_to_string("handoff/home_late.html", context, request=request)


def load_block(request: HttpRequest) -> str:
    """Who carries how much."""
    at = timezone.now()
    away = leave_now(at)
    loads = load_of_reps(user_of(request), at=at, most=8)
    context = {"loads": [(load, away.get(load.user_id)) for load in loads]}
    return render_to_string("handoff/home_load.html", context, request=request)


@on_their_clock
def agreement_block(request: HttpRequest) -> str:
    """Both sides of the agreement, this month."""
    user, now = user_of(request), timezone.now()
    agreement = agreement_in_force()
    context: dict[str, Any] = {"agreement": agreement, "mqls_url": behind_url(Promise.MQLS)}
    if agreement:
        day = timezone.localtime(now).date()
        found = attainment(user=user, agreement=agreement, day=day, at=now)
        context |= {"found": found, "lines": promises_kept(found, agreement)[:3]}
        if are_promised(agreement):
            kept = clocks_kept(user=user, day=day, at=now)
            context["lines"] = [*context["lines"], *clock_promises(kept, agreement)]
    return render_to_string("handoff/home_agreement.html", context, request=request)


@on_their_clock
def verdicts_block(request: HttpRequest) -> str:
    """What sales said of the MQLs of the latest months, as the page of lead quality counts it."""
    today = timezone.localdate()
    since = months_before(today, count=int(MONTHS) - 1)
    whole = quality_of_all(user=user_of(request), since=since, until=today)
    reasons = whole.reasons.most_common(FEW)
    context = {
        "whole": whole,
        "reasons": [
            {
                "label": reason_label(code),
                "count": count,
                "share": round(count * 100 / reasons[0][1]),
                "url": f"{reverse('handoff:quality-behind')}?months={MONTHS}&column=handed"
                f"&reason={code}",
            }
            for code, count in reasons
        ],
        "quality_url": f"{reverse('handoff:quality')}?months={MONTHS}",
    }
    return render_to_string("handoff/home_verdicts.html", context, request=request)


BLOCKS = (
    HomeBlock(
        name="agreement",
        render=agreement_block,
        place=HomePlace.TOP,
        order=20,
        permission=VIEW_HANDOFFS.name,
        roles=MARKETERS | MANAGERS | OWNERS | LOOKERS,
        counts=Counts(title=gettext_lazy("The agreement"), desk=318, phone=390),
    ),
    HomeBlock(
        name="leads",
        render=leads_block,
        place=HomePlace.MAIN,
        order=10,
        permission=ANSWER_HANDOFFS.name,
        roles=SELLERS | OWNERS,
    ),
    HomeBlock(
        name="clocks",
        render=clocks_block,
        place=HomePlace.MAIN,
        order=12,
        permission=VIEW_HANDOFFS.name,
        roles=SELLERS | MANAGERS | OWNERS,
    ),
    HomeBlock(
        name="late",
        render=late_block,
        place=HomePlace.MAIN,
        order=15,
        permission=VIEW_HANDOFFS.name,
        roles=MANAGERS | OWNERS | MARKETERS | LOOKERS,
    ),
    HomeBlock(
        name="load",
        render=load_block,
        place=HomePlace.SIDE,
        order=10,
        permission=VIEW_HANDOFFS.name,
        roles=MANAGERS | OWNERS,
    ),
    HomeBlock(
        name="verdicts",
        render=verdicts_block,
        place=HomePlace.SIDE,
        order=15,
        permission=VIEW_HANDOFFS.name,
        roles=MARKETERS | OWNERS,
        counts=Counts(title=gettext_lazy("What sales said"), desk=278, phone=278),
    ),
)
