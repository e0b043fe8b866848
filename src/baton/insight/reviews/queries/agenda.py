"""What the week's data say should be talked about: each line a figure with a way to its records."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.limits import hidden, read_by
from baton.core.settings.queries import organisation
from baton.core.ui.formats import grouped, money, percent
from baton.insight.goals.models import OF_AMOUNTS, Goal
from baton.insight.goals.queries import goals_of, names_of_goal, standings_of
from baton.insight.goals.rules import State as GoalState
from baton.insight.goals.rules import Unit, span_of
from baton.insight.reviews.permissions import sees_all
from baton.insight.reviews.queries.behind import ASKS_BY, WHATS, asked_in, behind
from baton.insight.reviews.queries.week import Week
from baton.insight.reviews.rules import OF_SOMEBODY, Item, Section, Turned
from baton.insight.reviews.slots import agenda_parts
from baton.marketing.campaigns.models import Campaign
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import made_in
from baton.qualification.handoff.queries.keeping import offers_due
from baton.qualification.handoff.queries.wasted import waste_of
from baton.qualification.handoff.rules import State
from baton.records.audience.models import Persona
from baton.sales.deals.queries import reason_words

FEW = 5
LEAST = 0.001  # a smaller chance is told as less than this
CLOCKS = ("accept", "respond", "attempts")


def agenda_of(week: Week, *, user: User, at: datetime, today: date) -> list[Section]:
    """A fixed number of queries, whatever the week held."""
    return [section_of(name, week, user=user, at=at, today=today) for name in titles()]


def whole_agenda(week: Week, *, by: User, at: datetime, today: date) -> list[Section]:
    """As it is kept: of the whole house, however far whoever ends the review reaches."""
    in_charge = User.objects.filter(role__in=(Role.OWNER, Role.ADMIN), is_active=True)
    reader = by if sees_all(by) else in_charge.order_by("pk").first() or by
    with read_by(None):
        return agenda_of(week, user=reader, at=at, today=today)


def titles() -> dict[str, str]:
    """What the sections are called, by their names and in their order; no query."""
    own = {name: str(title) for name, (title, _lines) in _OWN.items()}
    return own | {part.name: str(part.title) for part in agenda_parts}


def section_of(name: str, week: Week, *, user: User, at: datetime, today: date) -> Section:
    """One by itself. Raises KeyError where there is none of that name."""
    title = titles()[name]
    if name in _OWN:
        return Section(title=title, lines=list(_OWN[name][1](week, user, at, today)))
    [part] = (part for part in agenda_parts if part.name == name)
    return Section(title=title, lines=list(part.lines(week.monday, user, at)))


def seen_of(agenda: list[dict[str, Any]], *, names: bool) -> list[dict[str, Any]]:
    """Without the lines that repeat what the reader's role may not see; without ``names``, neither
    those that tell of a colleague or a team by name."""
    gone = hidden("deal") if names else hidden("deal") | {OF_SOMEBODY}
    return [
        section
        | {"lines": [one for one in section["lines"] if not gone & {*one.get("tells", "").split()}]}
        for section in agenda
    ]


def url_of(what: str, week: Week, **narrowed: str) -> str:
    asked = {"what": what, "week": week.monday.isoformat(), **narrowed}
    return f"{reverse('reviews:behind')}?{urlencode(asked)}"


def _counted(what: str, week: Week, user: User, at: datetime, *, bad: str = "amber") -> Item:
    count = behind(what, week=week, user=user, at=at).rows.count()
    return Item(
        words=str(WHATS[what]),
        value=grouped(count),
        url=url_of(what, week) if count else "",
        hue=bad if count else "",
    )


def _goals(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    goals = goals_of(user, span_of(Unit.QUARTER, today))
    for found in standings_of(goals, today=today, foretells=False):
        if found.state is GoalState.BEHIND:
            reading, due = found.reading.value or Decimal(0), found.pace.due
            yield Item(
                words=f"{found.figure.label}, {names_of_goal(found.goal)}",
                value=_("%(share)s of what is due") % {"share": percent(reading / due)}
                if not found.figure.less_is_better
                else _("%(share)s of the target") % {"share": percent(reading / due)},
                url=found.goal.get_absolute_url(),
                hue="red",
                tells=_told_by(found.goal),
            )


def _told_by(goal: Goal) -> str:
    whose = [OF_SOMEBODY, "owner"] if goal.rep_id or goal.team_id else []
    return " ".join([*whose, "amount"] if goal.figure in OF_AMOUNTS else whose)


def _clocks(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    agreement = agreement_in_force()
    handed = _counted("handed", week, user, at, bad="")
    if agreement and agreement.mqls_a_month:
        said = {"words": handed.words, "owed": grouped(agreement.mqls_a_month)}
        handed = Item(
            words=_("%(words)s; marketing owes %(owed)s a month") % said,
            value=handed.value,
            url=handed.url,
        )
    yield handed
    accept, *others = (_counted(what, week, user, at, bad="red") for what in CLOCKS)
    yield replace(accept, rows=list(_slower(week, user, at)))
    yield from others
    yield from _spent(week, user, at)


def _spent(week: Week, user: User, at: datetime) -> Iterator[Item]:
    """What leads that nobody answered cost; nothing where everybody was answered."""
    handed = made_in(week.span(), user=user).exclude(state=State.WITHDRAWN)
    waste = waste_of(handed, user=user, at=at)
    if not waste.count:
        return
    said = {"count": grouped(waste.count), "unknown": grouped(waste.unknown)}
    if waste.cost is None:
        value = _("%(count)s, cost unknown") % said
    else:
        said["amount"] = money(waste.cost, organisation().base_currency)
        value = _("%(count)s, %(amount)s spent") % said
        if waste.unknown:
            value = _("%(count)s, %(amount)s spent, of %(unknown)s unknown") % said
    url = url_of("unanswered", week)
    yield Item(words=str(WHATS["unanswered"]), value=value, url=url, hue="red")


def _slower(week: Week, user: User, at: datetime) -> Iterator[tuple[str, str]]:
    """Reps who let more wait than they used to, by more than luck; one query."""
    now, before = week.within("due_at"), week.before("due_at")
    _due, late = offers_due(at)
    asked = asked_in(now | before, user=user, at=at).order_by()
    by_rep = asked.values(group=F("rep__key"), name=F("rep__name"))
    found = _turns(by_rep, now=now, before=before, bad=late)
    for one in sorted(found, key=lambda one: (one.luck or 0, one.name)):
        if not one.is_worse:
            continue
        said = {
            "rep": one.name,
            "bad": one.bad,
            "all": one.all,
            "before": percent(one.share_before),
        }
        words = _("%(rep)s: %(bad)s of %(all)s not in time, %(before)s before") % said
        yield words + _by_luck(one), url_of("silent", week, asked=str(one.group))


def _quality(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    """Those worse than their own past first, then by how many were rejected."""
    names = dict(Campaign.objects.living().values_list("code", "name"))
    found = sorted(_turned(week, user), key=lambda one: (not one.is_worse, -one.bad))
    for one in found[:FEW]:
        said = {"rejected": one.bad, "answered": one.all, "before": percent(one.share_before)}
        words = _("%(rejected)s of %(answered)s rejected, %(before)s before") % said
        yield Item(
            words=names.get(str(one.group), str(one.group)) or _("No campaign"),
            value=words + (_by_luck(one) if one.is_worse else ""),
            url=url_of("rejected", week, campaign=str(one.group)) if one.bad else "",
            hue="red" if one.is_worse else "",
        )


def _by_luck(one: Turned) -> str:
    if one.luck is None:
        return ""
    said = {"chance": percent(max(one.luck, LEAST), decimals=1)}
    if one.luck < LEAST:
        return _("; luck does so in less than %(chance)s of weeks") % said
    return _("; luck does so in %(chance)s of weeks") % said


def _turned(week: Week, user: User) -> list[Turned]:
    """One query; campaigns of which something was answered this week."""
    now, before = week.within("answered_at"), week.before("answered_at")
    rows = Handoff.objects.visible_to(user).of_marketing().filter(now | before)
    by_campaign = rows.order_by().values(group=F("campaign"))
    return _turns(by_campaign, now=now, before=before, bad=Q(state=State.REJECTED))


def _turns(grouped_rows: QuerySet[Any, Any], *, now: Q, before: Q, bad: Q) -> list[Turned]:
    """Those groups of which there was anything this week."""
    counted = grouped_rows.annotate(
        all=Count("pk", filter=now),
        bad=Count("pk", filter=now & bad),
        all_before=Count("pk", filter=before),
        bad_before=Count("pk", filter=before & bad),
    )
    return [Turned(**row) for row in counted if row["all"]]


def _stuck(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    for what in ("overdue", "no_step"):
        if ASKS_BY[what] not in hidden("deal"):
            rows = behind(what, week=week, user=user, at=at).rows
            yield replace(_counted(what, week, user, at), rows=_named(rows), tells=ASKS_BY[what])


def _named(rows: Any) -> list[tuple[str, str]]:
    """The largest first, to whom that is no secret."""
    by = [] if "amount" in hidden("deal") else ["-base_amount"]
    return [(deal.name, deal.get_absolute_url()) for deal in rows.order_by(*by, "pk")[:FEW]]


def _closed(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    currency = organisation().base_currency
    for what, hue in (("won", "green"), ("lost", "")):
        rows = behind(what, week=week, user=user, at=at).rows
        found = rows.aggregate(count=Count("pk"), amount=Sum("base_amount"))
        line = Item(
            words=str(WHATS[what]),
            value=grouped(found["count"]),
            url=url_of(what, week) if found["count"] else "",
            hue=hue if found["count"] else "",
            rows=_named(rows),
        )
        if "amount" not in hidden("deal"):
            amount = money(found["amount"] or Decimal(0), currency)
            line = replace(line, value=f"{line.value}, {amount}", tells="amount")
        yield line
        yield from _reasons(rows, what, week)


def _reasons(rows: Any, what: str, week: Week) -> Iterator[Item]:
    """Why, and with whom they went."""
    rivals = Value("") if "competitor" in hidden("deal") else F("competitor")
    told = rows.exclude(reason="").order_by().values_list("reason", rivals)
    reasons = Counter(told)
    for (reason, rival), count in reasons.most_common(FEW):
        words = reason_words(reason, state=what)
        yield Item(
            words=f"{words}, {rival}" if rival else words,
            value=grouped(count),
            url=url_of(what, week, reason=reason, competitor=rival),
            tells="competitor" if rival else "",
        )


def _gaps(week: Week, user: User, at: datetime, today: date) -> Iterator[Item]:
    """What buyers said against it, and no persona has among its objections."""
    if "objection" in hidden("deal"):
        return
    known = {
        _folded(one)
        for objections in Persona.objects.living().values_list("objections", flat=True)
        for one in objections
    }
    rows = behind("objections", week=week, user=user, at=at).rows
    said: Counter[str] = Counter(rows.order_by().values_list("objection", flat=True))
    for objection, count in said.most_common():
        if _folded(objection) not in known:
            url = url_of("objections", week, objection=objection)
            yield Item(words=objection, value=grouped(count), url=url, tells="objection")


def _folded(text: str) -> str:
    return " ".join(str(text).casefold().split()).rstrip(".!?")


_Lines = Callable[[Week, User, datetime, date], Iterator[Item]]
_OWN: Mapping[str, tuple[Promise, _Lines]] = {
    "goals": (gettext_lazy("Goals that are behind"), _goals),
    "clocks": (gettext_lazy("Clocks that were missed"), _clocks),
    "quality": (gettext_lazy("Quality by campaign"), _quality),
    "stuck": (gettext_lazy("Deals that are stuck, as of today"), _stuck),
    "closed": (gettext_lazy("Won and lost"), _closed),
    "objections": (gettext_lazy("Objections that no persona answers"), _gaps),
}
