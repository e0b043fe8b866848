"""How the story's leads fared: by the same actions as real ones, at the times of the story."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.core.facts.models import FactRecord
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.qualification.handoff import actions
from baton.qualification.handoff.demo.acts import hand, log
from baton.qualification.handoff.demo.desk import lay_on_desk
from baton.qualification.handoff.demo.replies import answer_verdicts
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.scoring.queries import Histories, histories
from baton.records.people.models import Person
from baton.records.timeline.rules import Outcome

Met = tuple[datetime, Person, FormSubmitted | None]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ON_THE_DESK = 12 * DAY  # who met the agreement since then may still lie on the desk
NEEDS = (
    ("Proof for the audit in autumn", "Two deviations last year; a third costs the certificate"),
    ("One machine runs at night and nobody knows which", "About 40,000 a year in power"),
    ("Figures per line for head office", "Two days of spreadsheets every month"),
    ("Meters that fit without a stop", "A stopped line costs 9,000 an hour"),
)
REJECTED = (
    ("no_fit", "Eleven people, one room"),
    ("bad_data", "The number belongs to a school"),
    ("not_a_buyer", "Their buying is done by the landlord"),
    ("duplicate", "Same person as last week"),
    ("existing_customer", "Has had our meters since 2024"),
)
DISQUALIFIED: tuple[dict[str, Any], ...] = (
    {"reason": "no_budget", "note": "Not before the next budget"},
    {"reason": "competitor", "competitor": "Wattline", "note": "Signed in spring"},
    {"reason": "no_need", "note": "Their landlord measures"},
    {"reason": "bad_timing", "note": "Moves to a new hall first", "in_days": 60},
)


def tell_handoffs(story: Story) -> None:
    """Everybody of marketing's who met the agreement, when they met it; what reps made of it."""
    agreement: Agreement = story.cast["agreement"]
    latest = story.at - ON_THE_DESK
    people = _as_they_are_now(story)
    past = histories(people, at=story.at)
    met = sorted(_met(people, agreement=agreement, past=past), key=_when)
    old = [one for one in met if one[0] < latest or one[2]]
    told = _tell_history(story, agreement, old, past=past)
    story.keep(*told)
    ended = Handoff.objects.filter(pk__in=[one.pk for one in told]).order_by("pk")
    answer_verdicts(ended, by=story.cast["users"]["mara"], until=story.at)
    fresh = [person for at, person, form in met if at >= latest and not form]
    known = {person.pk for _, person, _ in met}
    others = [person for pk, person in people.items() if pk not in known]
    story.keep(*lay_on_desk(story, agreement, by_score=fresh, by_hand=others, past=past))


def _as_they_are_now(story: Story) -> dict[int, Person]:
    """Other chapters have changed them since they came; with all that routing looks at."""
    ids = [person.pk for person in story.cast["people"].values()]
    now = Person.objects.select_related("owner", "company__owner").in_bulk(ids)
    return {pk: now[pk] for pk in ids}


def _tell_history(
    story: Story, agreement: Agreement, met: list[Met], *, past: Histories
) -> list[Handoff]:
    told = []
    for place, (at, person, form) in enumerate(met):
        handoff = hand(person, agreement=agreement, form=form, past=past, at=at)
        told.append(handoff)
        is_recent = at >= story.at - ON_THE_DESK
        _talk(story, handoff) if is_recent else _ending(place)(story, handoff)
    return told


def _when(met: Met) -> tuple[datetime, int]:
    return met[0], met[1].pk


def _met(people: Mapping[int, Person], *, agreement: Agreement, past: Histories) -> Iterator[Met]:
    """By their facts in order: the first that raises a hand, or lifts them over the threshold."""
    ours = {pk: person for pk, person in people.items() if person.origin != "sales"}
    rows = FactRecord.objects.filter(
        person_id__in=ours, name__in=[FormSubmitted.name, VisitMade.name]
    )
    for row in rows.order_by("happened_at", "pk"):
        fact, person = row.as_fact(), ours.get(row.person_id or 0)
        if person is None:
            continue  # has met it before
        if isinstance(fact, FormSubmitted) and fact.form_code in agreement.hand_raise_forms:
            yield fact.happened_at, ours.pop(person.pk), fact
        elif past.explain(person, fact.happened_at).figures.score >= agreement.threshold:
            yield fact.happened_at, ours.pop(person.pk), None


Ending = Callable[[Story, Handoff], None]


def _ending(place: int) -> Ending:
    """Of ten leads seven become an SQL; the others fail in each of the ways there are."""
    return (_sql, _sql, _rejected, _sql, _disqualified, _sql, _sql, _unreachable, _sql, _sql)[
        place % 10
    ]


def _rep(story: Story, handoff: Handoff) -> User:
    return handoff.rep or story.cast["users"]["teo"]


def accept(story: Story, handoff: Handoff) -> datetime:
    """Mostly in time, now and then late; returns when."""
    is_late = story.dice.random() < 0.15
    wait = story.dice.randint(70, 110) if is_late else story.dice.randint(4, 25)
    base = handoff.accept_due_at if is_late else handoff.offered_at
    at = (base if is_late else handoff.offered_at) + wait * MINUTE
    actions.accept_handoff(handoff=handoff, by=_rep(story, handoff), at=at)
    return at


def _talk(story: Story, handoff: Handoff) -> datetime:
    rep, at = _rep(story, handoff), accept(story, handoff)
    if story.dice.random() < 0.4:
        at += story.dice.randint(5, 40) * MINUTE
        log(handoff, Outcome.UNANSWERED, by=rep, at=at)
    at += story.dice.randint(10, 150) * MINUTE
    log(handoff, Outcome.CONVERSATION, by=rep, at=at, note="Talked about the plant, wants figures")
    return at


def _sql(story: Story, handoff: Handoff) -> None:
    at = _talk(story, handoff) + timedelta(minutes=story.dice.randint(20, 3 * 24 * 60))
    need, impact = story.dice.choice(NEEDS)
    actions.confirm_need(
        person=handoff.person, need=need, impact=impact, by=_rep(story, handoff), at=at
    )


def _rejected(story: Story, handoff: Handoff) -> None:
    reason, note = story.dice.choice(REJECTED)
    at = handoff.offered_at + story.dice.randint(5, 28) * MINUTE
    actions.reject_handoff(
        handoff=handoff, reason=reason, note=note, by=_rep(story, handoff), at=at
    )


def _disqualified(story: Story, handoff: Handoff) -> None:
    said = dict(story.dice.choice(DISQUALIFIED))
    at = _talk(story, handoff) + story.dice.randint(30, 2000) * MINUTE
    days = said.pop("in_days", 0)
    revisit: date | None = (story.at + days * DAY).date() if days else None
    actions.disqualify(
        person=handoff.person, by=_rep(story, handoff), at=at, revisit_on=revisit, **said
    )


def _unreachable(story: Story, handoff: Handoff) -> None:
    at, rep = accept(story, handoff), _rep(story, handoff)
    for number in range(handoff.agreement.attempts):
        log(handoff, Outcome.UNANSWERED, by=rep, at=at + (number + 1) * DAY)
