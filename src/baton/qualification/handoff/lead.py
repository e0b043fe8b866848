"""The open lead as it is drawn: everything a rep reads, in the order in which they read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.visibility import reaches
from baton.core.calendars.queries import hours_of
from baton.core.ui.formats import hour_words
from baton.marketing.capture.queries import channel_words
from baton.qualification.handoff.faces import Owed, owed_now
from baton.qualification.handoff.models import Handoff, Offer, Reply
from baton.qualification.handoff.opening import Facts, Opening, form_told, opening_for
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, REPLY_TO_VERDICTS
from baton.qualification.handoff.queries import Said, reply_to, said_against
from baton.qualification.handoff.queries.desk import Read, colleagues_of, pages_read
from baton.qualification.handoff.readback import Line, decision_lines
from baton.qualification.handoff.rules import State, response_due
from baton.qualification.handoff.slots import LeadAction, lead_actions
from baton.qualification.handoff.words import LANES, reason_label
from baton.qualification.scoring.queries import ExplainedPart
from baton.qualification.scoring.rules import Bar, bar_of
from baton.records.audience.models import Persona
from baton.records.audience.queries import persona_of
from baton.records.people.models import Person
from baton.records.people.queries import campaigns_called, emails_of, phones_of


@dataclass(frozen=True, kw_only=True)
class RailStep:
    """What was promised and when; ``share`` of it is used up, in percent."""

    words: str
    at: str
    share: int = 0
    hue: str = "gray"


@dataclass(frozen=True, kw_only=True)
class ScoreShape:
    """The score as of the offer, as a bar and in signed points."""

    bar: Bar
    parts: list[ExplainedPart]
    faded: int


@dataclass(frozen=True, kw_only=True)
class Against:
    """What sales says against it, and what marketing said to that."""

    said: Said | None
    reply: Reply | None
    may_reply: bool


@dataclass(frozen=True, kw_only=True)
class Lead:
    """Everything about the open lead, in the order in which a rep reads it."""

    handoff: Handoff
    person: Person
    owed: Owed
    may_answer: bool
    is_mine: bool
    lane: Any
    verdict: Any
    channel: str
    campaign: str
    phone: str
    email: str
    rail: list[RailStep]
    forms: list[Mapping[str, Any]]
    learnt: dict[str, Any]
    score: ScoreShape
    reads: list[Read]
    colleagues: list[Person]
    persona: Persona | None
    opening: Opening | None
    why_you: list[Line]
    offers: list[Offer]
    against: Against
    actions: list[tuple[LeadAction, str]] = field(default_factory=list)

    @property
    def is_offered(self) -> bool:
        return self.handoff.state == State.OFFERED

    @property
    def is_accepted(self) -> bool:
        return self.handoff.state == State.ACCEPTED


def open_lead(handoff: Handoff, *, user: User, now: datetime) -> Lead:
    """Read what is known; a fixed number of queries."""
    person, brief = handoff.person, handoff.brief
    owed = owed_now(handoff, hours=hours_of(handoff.rep), now=now)
    facts, persona = _facts(handoff), _persona(person)
    offers = list(handoff.offers.select_related("rep", "pool").order_by("-round"))
    return Lead(
        handoff=handoff,
        person=person,
        owed=owed,
        may_answer=_may_answer(handoff, user=user),
        is_mine=handoff.rep_id == user.pk,
        lane=LANES.get(handoff.lane, handoff.lane),
        verdict=reason_label(handoff.verdict) if handoff.verdict else "",
        channel=str(channel_words(handoff.channel)) if handoff.channel else "",
        campaign=facts.campaign,
        phone=next((phone.number for phone in phones_of([person.pk])[person.pk]), ""),
        email=next((email.address for email in emails_of([person.pk])[person.pk]), ""),
        rail=_rail(handoff, owed=owed, now=now),
        forms=list(facts.forms),
        learnt=_learnt(brief.get("learnt", {})),
        score=_score(brief.get("score", {})),
        reads=list(facts.reads),
        colleagues=colleagues_of(person, user=user),
        persona=persona,
        opening=opening_for(person, facts, user=user, persona=persona, now=now),
        why_you=decision_lines(offers[0].decision, reader_id=user.pk) if offers else [],
        offers=offers,
        against=_against(handoff, user=user),
        actions=_actions(handoff, user=user),
    )


def _against(handoff: Handoff, *, user: User) -> Against:
    said = said_against(handoff, user=user)
    return Against(
        said=said,
        reply=reply_to(handoff, said),
        may_reply=said is not None and user.may(REPLY_TO_VERDICTS),
    )


def _facts(handoff: Handoff) -> Facts:
    return Facts(
        forms=[form_told(one) for one in handoff.brief.get("forms", [])],
        reads=pages_read(handoff.person),
        campaign=campaigns_called([handoff.campaign]).get(handoff.campaign, ""),
    )


def _persona(person: Person) -> Persona | None:
    belonging = persona_of(person)
    return belonging.link.persona if belonging else None


def _may_answer(handoff: Handoff, *, user: User) -> bool:
    """What the user may do with it, not what is left to do."""
    if not user.may(ANSWER_HANDOFFS):
        return False
    return reaches(user, handoff, ANSWER_HANDOFFS)


def _rail(handoff: Handoff, *, owed: Owed, now: datetime) -> list[RailStep]:
    """Offered, answered, first response: what was promised, and how it went so far."""
    offered = hour_words(handoff.offered_at, now=now)
    if handoff.state == State.OFFERED:
        hours, terms = hours_of(handoff.rep), handoff.agreement.terms()
        due = handoff.accept_due_at
        projected = response_due(due, lane=handoff.lane, terms=terms, hours=hours)
        return [
            RailStep(words=_("Offered"), at=offered, share=owed.face.share, hue=owed.face.hue),
            RailStep(words=_("Answer by"), at=hour_words(due, now=now)),
            RailStep(words=_("First response by"), at=hour_words(projected, now=now)),
        ]
    answered = hour_words(handoff.answered_at or handoff.offered_at, now=now)
    return [
        RailStep(words=_("Offered"), at=offered, share=100),
        RailStep(words=_("Answered"), at=answered, share=100, hue=_kept_hue(not handoff.is_late)),
        *_response_step(handoff, owed=owed, now=now),
    ]


def _response_step(handoff: Handoff, *, owed: Owed, now: datetime) -> Iterable[RailStep]:
    due, made = handoff.respond_due_at, handoff.responded_at
    if due and made:
        at = hour_words(made, now=now)
        yield RailStep(words=_("First response"), at=at, share=100, hue=_kept_hue(made <= due))
    elif due and handoff.state == State.ACCEPTED:
        at, face = hour_words(due, now=now), owed.face
        yield RailStep(words=_("First response by"), at=at, share=face.share, hue=face.hue)


def _kept_hue(is_kept: object) -> str:
    return "green" if is_kept else "red"


def _learnt(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the SDR handed on with them; {} where marketing handed over."""
    if not told:
        return {}
    return {**told, "talks": [form_told(talk) for talk in told.get("talks", [])]}


def _score(told: Mapping[str, Any]) -> ScoreShape:
    names = ("score", "fit", "engagement", "threshold")
    return ScoreShape(
        bar=bar_of(**{name: int(told.get(name, 0)) for name in names}),
        parts=[_part(part) for part in told.get("parts", [])],
        faded=int(told.get("faded", 0)),
    )


def _part(told: Mapping[str, Any]) -> ExplainedPart:
    return ExplainedPart(
        kind=told["kind"],
        points=told["points"],
        words=told["words"],
        when=parse_datetime(told["at"]) if told.get("at") else None,
        count=told.get("count", 1),
    )


def _actions(handoff: Handoff, *, user: User) -> list[tuple[LeadAction, str]]:
    """What higher modules offer once somebody has taken the lead."""
    if handoff.state not in {State.ACCEPTED, State.QUALIFIED}:
        return []
    offered: Iterable[LeadAction] = sorted(lead_actions, key=lambda action: action.order)
    may = (action for action in offered if not action.permission or user.may(action.permission))
    return [(action, url) for action in may if (url := action.url(handoff))]
