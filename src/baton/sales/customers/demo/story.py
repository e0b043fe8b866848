"""Fennmark's customers: Cora looks after them, in every state that one can be in."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.demo.slots import Story
from baton.core.worktime.rules import add_working_time
from baton.qualification.handoff.actions import amend_agreement, sign_agreement
from baton.qualification.handoff.rules import Gives, Kind, Side
from baton.sales.customers import actions
from baton.sales.customers.models import (
    CheckinRule,
    Customer,
    Favour,
    FavourTerms,
    Step,
    Survey,
    TemplateStep,
)
from baton.sales.customers.queries import customer_of, our_name
from baton.sales.customers.words import favour_text
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind

HOUR, BEGUN = timedelta(hours=1), timedelta(days=380)
REVIEWS = "https://reviews.example/fennmark"
LARGE = {"all": [{"field": "customer.employee_count", "op": ">=", "value": 500}]}
HEALTH = {"all": [{"field": "customer.industry", "op": "is", "value": "Health"}]}
RHYTHMS = (
    {"name": "Large companies", "condition": LARGE, "well": 45, "watch": 30, "risk": 14},
    {"name": "Hospitals", "condition": HEALTH, "well": 60, "watch": 45, "risk": 21},
)

AGREED = {
    "gives": Gives.ONE.value,
    "brief_minutes": 480,
    "value_days": 30,
    "when_late": "Whoever is late calls the customer the same day and says when. "
    "Two late handovers in a month: both heads look at them together.",
}
TALKED_ABOUT = {"respond_minutes": 480, "value_days": 21, "checkin_watch": 45}


@dataclass(frozen=True, kw_only=True)
class Plot:
    """How it went with one of them; hours of work after the handover, None: not yet."""

    note: str = ""
    accepted: int | None = 2
    called: int | None = 6
    steps: int = 5  # so many were done, each on the day it was due
    value_days: int | None = None  # from the start to the first value
    issue: str = ""
    ends_in: int | None = None  # days until the contract ends
    every: int | None = None  # days from one word to the next, if they have a rhythm of their own
    step: str = ""  # what is done next for the renewal
    churned: str = ""
    asked: tuple[tuple[str, int | None, str], ...] = ()  # kind, answer (None: not yet), comment
    favours: tuple[tuple[str, str], ...] = ()  # asked for, what came of it ("": not known yet)


PLOTS = (
    Plot(
        note="Wants the figures of each plant on one sheet, not five. Never call before ten.",
        value_days=19,
        ends_in=52,
        asked=(("nps", 9, "The sheet for the auditor saves us two days a month."), ("csat", 5, "")),
    ),
    Plot(
        called=30, value_days=31, churned="no_use", asked=(("csat", 2, "We hardly opened it."),)
    ),  # late
    Plot(
        note="Their auditor comes in spring; I said that we sit in on the first call with him.",
        steps=3,
        value_days=24,
        issue="Two meters send nothing since the update.",
        ends_in=25,
        asked=(("nps", 5, "Two meters have been silent for days."), ("csat", 3, "")),
    ),
    Plot(
        accepted=12,
        steps=2,
        ends_in=80,
        step="Show them the second plant",
        every=7,
        favours=(("review", "reviewed"), ("referral", "")),
        asked=(("nps", 9, ""), ("csat", 4, "")),
    ),  # late
    Plot(called=None, steps=1, asked=(("csat", None, ""), ("nps", 10, ""))),
    Plot(accepted=None, steps=0, note="They decided fast and expect us to be as fast."),
)


def agree(story: Story) -> None:
    """Who gets new customers, the plan that they get, and the table of rhythms; told once."""
    if story.cast.setdefault("customers agreed", False):
        return
    story.cast["customers agreed"] = True
    olga: User = story.cast["users"]["olga"]
    begun = story.at - BEGUN
    _sign(story, at=begun)
    actions.save_favour_terms(values={"review_url": REVIEWS}, version=None, by=olga, at=begun)
    actions.begin_with_usual(by=olga, at=begun)
    for values in RHYTHMS:
        actions.save_checkin_rule(values=values, by=olga, at=begun)
    story.keep(
        FavourTerms.objects.get(pk=1), *TemplateStep.objects.all(), *CheckinRule.objects.all()
    )


def _sign(story: Story, *, at: datetime) -> None:
    """The owner for sales, and Nora, who leads who looks after customers. A shorter first call is
    talked about."""
    users: dict[str, User] = story.cast["users"]
    nora, olga = users["nora"], users["olga"]
    terms = AGREED | {"given_to_id": users["cora"].pk}
    draft = amend_agreement(values=terms, by=nora, at=at, kind=Kind.OWNER)
    for side, head in ((Side.SALES, olga), (Side.CUSTOMERS, nora)):
        draft = sign_agreement(agreement=draft, side=side, by=head, at=at)
    proposed = amend_agreement(values=TALKED_ABOUT, by=nora, at=story.at, kind=Kind.OWNER)
    proposed = sign_agreement(agreement=proposed, side=Side.CUSTOMERS, by=nora, at=story.at)
    story.keep(draft, proposed)


def tell(story: Story) -> None:
    """Of each won deal of the cast the first of its buyer."""
    agree(story)
    cora: User = story.cast["users"]["cora"]
    won = [deal for deal in story.cast["deals"] if deal.state == StageKind.WON]
    won.sort(key=lambda deal: (deal.closed_at, deal.pk))
    late = len(won) - len(PLOTS)
    plots = [PLOTS[max(place - late, place % 4)] for place in range(len(won))]
    told = [
        _tell(deal, plot, owner=cora, story=story) for deal, plot in zip(won, plots, strict=True)
    ]
    story.cast["customers"] = [one for one in told if one]
    story.keep(*story.cast["customers"])
    surveys = Survey.objects.filter(customer__in=story.cast["customers"]).select_related("task")
    story.keep(*surveys, *(one.task for one in surveys if one.task))
    favours = Favour.objects.filter(customer__in=story.cast["customers"]).select_related("task")
    story.keep(*favours, *(one.task for one in favours if one.task))


def _tell(deal: Deal, plot: Plot, *, owner: User, story: Story) -> Customer | None:
    if customer_of(company=deal.company, person=deal.person):
        return None
    begun = deal.closed_at or story.at
    customer = actions.start_customer(
        deal=deal, owner=owner, note=plot.note, by=deal.owner, at=begun
    )
    accepted = _after(begun, plot.accepted, owner=owner, until=story.at)
    if accepted:
        customer = actions.accept_customer(customer=customer, by=owner, at=accepted)
        called = _after(accepted, plot.called, owner=owner, until=story.at)
        if called:
            customer = actions.note_call(customer=customer, by=owner, at=called)
    _onboard(customer, plot, owner=owner, at=story.at)
    _ask(customer, plot, owner=owner, at=story.at)
    _favours(customer, plot, owner=owner, at=story.at)
    _renew(customer, plot, owner=owner, at=story.at)
    if plot.every:
        actions.set_checkins(
            customer=customer, days=plot.every, agreed_on=None, by=owner, at=story.at
        )
    actions.refresh([customer.pk], at=story.at)
    return customer


def _onboard(customer: Customer, plot: Plot, *, owner: User, at: datetime) -> None:
    """What was done of the plan, when they had use of it, and what stands in the way."""
    noon = timedelta(hours=12)
    for step in Step.objects.filter(customer=customer).order_by("due_on", "pk")[: plot.steps]:
        done_at = datetime.combine(step.due_on, time(), UTC) + noon
        if customer.started_at < done_at <= at:
            actions.set_step(step=step, is_done=True, by=owner, at=done_at)
    if plot.value_days is not None:
        on = (customer.started_at + timedelta(days=plot.value_days)).date()
        if on <= at.date():
            day = min(datetime.combine(on, time(), UTC) + noon, at)
            actions.set_first_value(customer=customer, on=on, by=owner, at=day)
    if plot.issue:
        day = max(at - timedelta(days=3), customer.started_at)
        actions.open_issue(customer=customer, issue=plot.issue, by=owner, at=day)


def _ask(customer: Customer, plot: Plot, *, owner: User, at: datetime) -> None:
    """How content they are, asked some days ago."""
    day = max(at - timedelta(days=9), customer.started_at)
    person = customer.person
    if person is None:
        return
    for kind, score, comment in plot.asked:
        survey, _batch = actions.ask_customer(
            customer_id=customer.pk, person=person, kind=kind, by=owner, at=day
        )
        if score is not None:
            said = min(day + timedelta(days=1), at)
            actions.answer_survey(survey_id=survey.pk, score=score, comment=comment, at=said)


def _favours(customer: Customer, plot: Plot, *, owner: User, at: datetime) -> None:
    """What they were asked for once they were content."""
    day = at - timedelta(days=6)
    person = customer.person
    if person is None or day < customer.started_at:
        return
    for kind, outcome in plot.favours:
        text = favour_text(kind, ours=our_name(), url=REVIEWS)
        favour, _batch = actions.ask_favour(
            customer_id=customer.pk, person=person, kind=kind, text=text, by=owner, at=day
        )
        if outcome:
            done = day + timedelta(days=2)
            actions.close_favour(favour=favour, outcome=outcome, by=owner, at=done)


def _renew(customer: Customer, plot: Plot, *, owner: User, at: datetime) -> None:
    """When the contract ends; or that they are gone."""
    day = max(at - timedelta(days=2), customer.started_at)
    if plot.ends_in is not None:
        ends_on = at.date() + timedelta(days=plot.ends_in)
        amount = customer.deal.amount if customer.deal else None
        actions.set_contract(
            customer=customer,
            ends_on=ends_on,
            amount=amount,
            currency=customer.deal.currency if customer.deal else "EUR",
            step=plot.step,
            by=owner,
            at=day,
        )
        actions.remind_of_renewal(customer=customer, at=at)
    if plot.churned:
        on = day.date()
        actions.churn_customer(customer=customer, on=on, reason=plot.churned, by=owner, at=day)


def _after(begun: datetime, hours: int | None, *, owner: User, until: datetime) -> datetime | None:
    """So many hours of work later, if that is past already."""
    if hours is None:
        return None
    moment = add_working_time(begun, budget=HOUR * hours, hours=hours_of(owner))
    return moment if moment <= until else None
