"""What sales says about marketing's leads: verdicts and reasons by where they came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncMonth, TruncWeek

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation_zone
from baton.marketing.campaigns.queries import same_code_of
from baton.marketing.campaigns.rules import same_code
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import Months, handed_in, month_of
from baton.qualification.handoff.queries.day import handed_from
from baton.qualification.handoff.queries.lost import with_losses, with_lost_deals
from baton.qualification.handoff.queries.replies import ANSWERS_LOSS
from baton.qualification.handoff.queries.wasted import (
    Waste,
    Wasted,
    costs_of_leads,
    never_answered,
)
from baton.qualification.handoff.rules import AGAINST, State


class By(StrEnum):
    """By what lead quality is told apart; values are columns."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    PERSONA = "persona"
    FORM = "form"
    PAGE = "page"
    LANE = "lane"
    SCORE = "score"
    MONTH = "month"
    WEEK = "week"


class Column(StrEnum):
    """The figures of a group; behind each stand the handoffs that it counts."""

    HANDED = "handed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISQUALIFIED = "disqualified"
    UNREACHABLE = "unreachable"
    QUALIFIED = "qualified"
    LOST = "lost"  # of those qualified: the deal that came of it was
    UNANSWERED = "unanswered"


# Taken by somebody, whatever came of it later.
TAKEN = (State.ACCEPTED, State.QUALIFIED, State.DISQUALIFIED, State.UNREACHABLE)
STATES = {
    Column.HANDED: tuple(state for state in State if state is not State.WITHDRAWN),
    Column.ACCEPTED: TAKEN,
    Column.REJECTED: (State.REJECTED,),
    Column.DISQUALIFIED: (State.DISQUALIFIED,),
    Column.UNREACHABLE: (State.UNREACHABLE,),
    Column.QUALIFIED: (State.QUALIFIED,),
}
# The form is the latest one that the rep read in the brief; "" where they had sent none. The page
# is the content on which it stood, by its title then.
GROUPS: Mapping[By, Combinable] = {
    By.CAMPAIGN: F("campaign"),
    By.CHANNEL: F("channel"),
    By.PERSONA: F("person__persona"),
    By.FORM: Coalesce(KT("brief__forms__0__code"), Value(""), output_field=TextField()),
    By.PAGE: Coalesce(KT("brief__forms__0__page"), Value(""), output_field=TextField()),
    By.LANE: F("lane"),
    By.SCORE: Case(
        *(When(at_score__gte=least, then=Value(str(least))) for least in (100, 75, 50, 25)),
        When(at_score__isnull=False, then=Value("0")),
        default=Value(""),
        output_field=TextField(),
    ),
}
TRUNCATED = {By.MONTH: TruncMonth, By.WEEK: TruncWeek}  # groups are the first days


@dataclass(frozen=True, kw_only=True)
class Question:
    """Of handoffs made from the month of one day to another's, as far as the user sees them;
    ``campaign``: of those alone that the campaign of this code made MQLs, however spelled."""

    by: By
    since: date
    until: date
    user: User
    campaign: str = ""


@dataclass
class Quality:
    """One group: ``handed`` MQLs, what became of them, and the reasons against them."""

    group: str
    handed: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)  # see add_losses
    waste: Waste = field(default_factory=lambda: Waste(groups=[]))  # see add_unanswered

    def count(self, column: Column) -> int:
        if column is Column.UNANSWERED:
            return self.waste.count
        if column is Column.LOST:
            return self.losses.total()
        return sum(self.states[state] for state in STATES[column])

    @property
    def accepted(self) -> int:
        return self.count(Column.ACCEPTED)

    @property
    def rejected_rate(self) -> float | None:
        """Rejected out of answered; None while nothing was answered."""
        answered = self.accepted + self.states[State.REJECTED]
        return self.states[State.REJECTED] / answered if answered else None

    @property
    def top_reasons(self) -> list[tuple[Column, str, int]]:
        """Verdicts and why deals were lost, the most frequent first; the figure they are of."""
        told = [(Column.HANDED, code, count) for code, count in self.reasons.items()]
        told += [(Column.LOST, code, count) for code, count in self.losses.items()]
        return sorted(told, key=lambda one: -one[2])[:5]


def lead_quality(question: Question) -> list[Quality]:
    """Groups with the most leads first; scores from the highest down, times from the latest."""
    found = gathered(counted(_asked(question)))
    if question.by is By.SCORE:
        return sorted(found, key=lambda quality: -int(quality.group or -1))
    if question.by in TRUNCATED:
        return sorted(found, key=lambda quality: quality.group, reverse=True)
    return sorted(found, key=lambda quality: (-quality.handed, quality.group))


def quality_of_all(*, user: User, since: date, until: date) -> Quality:
    """The same of all groups together, for a page that many open: one query."""
    months = _months(since, until)
    rows = _ALL.rows(user=user, since=months.since, until=months.until)
    return next(iter(gathered(rows)), Quality(group=""))


def add_unanswered(found: Iterable[Quality], question: Question, *, at: datetime) -> None:
    """Gives each group those whom nobody answered by then, and what they cost."""
    groups = {quality.group: quality for quality in found}
    asked: Any = never_answered(_asked(question), at=at).order_by()
    told = asked.values_list("group", "person__campaign").annotate(count=Count("pk"))
    rows = list(told)
    each = costs_of_leads({code for _group, code, _n in rows}, user=question.user) if rows else {}
    for group, code, count in rows:
        groups[str(group)].waste.groups.append(
            Wasted(campaign=None, codes=(code,), count=count, each=each[code])
        )


def add_losses(found: Iterable[Quality], question: Question) -> None:
    """Gives each group those whose deal was lost, by reason."""
    groups = {quality.group: quality for quality in found}
    lost = with_losses(_asked(question), user=question.user).filter(lost__isnull=False)
    told = lost.values_list("group", "lost").order_by().annotate(count=Count("pk"))
    for group, reason, count in told:
        groups[str(group)].losses[reason] += count


def handoffs_behind(
    question: Question, *, column: Column, group: str | None, at: datetime, reason: str = ""
) -> QuerySet[Handoff]:
    """Exactly those that a figure counts. ``group`` None: of all groups; ``reason``: a verdict."""
    asked = _asked(question)
    rows: QuerySet[Any] = _behind(asked, column=column, user=question.user, at=at)
    if group is not None:
        rows = rows.filter(group=_meant(group, by=question.by))
    if reason:
        rows = rows.filter(**{"lost" if column is Column.LOST else "verdict": reason})
    return rows.select_related("person__company", "rep", "agreement", "reply").order_by(
        "-made_at", "-pk"
    )


def _behind(asked: Any, *, column: Column, user: User, at: datetime) -> Any:
    if column is Column.UNANSWERED:
        return never_answered(asked, at=at)
    if column is Column.LOST:
        return with_losses(asked, user=user).filter(lost__isnull=False)
    return asked.filter(state__in=STATES[column])


def _meant(group: str, *, by: By) -> str | date | None:
    """What a word of an address stands for; no day that there is finds nothing."""
    if by not in TRUNCATED:
        return group
    with suppress(ValueError):
        return date.fromisoformat(group)
    return date.min


def unanswered(question: Question) -> QuerySet[Handoff]:
    """Turned down, or their deal lost, for a reason that marketing has not answered."""
    rows = with_lost_deals(_asked(question), user=question.user)
    answered = Case(When(ANSWERS_LOSS, then=True), default=False)
    waits = Q(state__in=AGAINST, reply=None) | Q(lost__isnull=False, is_answered=False)
    found: QuerySet[Handoff] = rows.annotate(is_answered=answered).filter(waits)
    return found


def unanswered_count(question: Question, *, lost: int) -> int:
    """How many those are, by one who knows how many deals were lost: few of these are answered."""
    rows = _asked(question)
    answers = with_lost_deals(rows.filter(reply__deal_id__isnull=False), user=question.user)
    answered: int = answers.filter(ANSWERS_LOSS).count()
    verdicts: int = rows.filter(state__in=AGAINST, reply=None).count()
    return verdicts + lost - answered


def handed_between(question: Question) -> HandoffQuerySet:
    """All that marketing handed over in those months."""
    rows = handed_in(_months(question.since, question.until), user=question.user)
    if question.campaign:
        same = same_code(question.campaign)
        return rows.annotate(same_campaign=same_code_of("campaign")).filter(same_campaign=same)
    return rows


def _months(since: date, until: date) -> Months:
    first, last = month_of(since), month_of(until)
    return Months(first=first.first, since=first.since, until=last.until)


def counted(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """By group, state and verdict."""
    told = rows.values("group", "state", "verdict").order_by()
    counted: QuerySet[Any, Any] = told.annotate(count=Count("pk"))
    return counted


_ALL: Prepared[dict[str, Any]] = Prepared(
    lambda user, since, until: counted(
        handed_from(user, since=since, until=until).annotate(group=Value(""))
    )
)


def _asked(question: Question) -> Any:
    rows = handed_between(question)
    if truncated := TRUNCATED.get(question.by):
        zone = organisation_zone()
        return rows.annotate(group=truncated("made_at", output_field=DateField(), tzinfo=zone))
    if question.by is By.SCORE:
        rows = rows.annotate(at_score=Cast(KT("brief__score__score"), IntegerField()))
    return rows.annotate(group=GROUPS[question.by])


def gathered(rows: Iterable[Any]) -> list[Quality]:
    """What was ``counted``, by group."""
    groups: dict[str, Quality] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        group = str(row["group"])
        quality = groups.setdefault(group, Quality(group=group))
        quality.handed += row["count"]
        quality.states[row["state"]] += row["count"]
        if row["verdict"]:
            counts[group][row["verdict"]] += row["count"]
    for group, reasons in counts.items():
        groups[group].reasons = reasons
    return list(groups.values())
