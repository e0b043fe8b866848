"""What a rep is told about a lead: the buyer's own words, the score, where they came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.core.facts.models import FactRecord
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.marketing.capture.models import Submission
from baton.marketing.capture.rules import Channel, FieldKind, read_field
from baton.qualification.scoring.queries import Explanation, explain
from baton.records.people.models import Person
from baton.records.people.queries import born_as

# What they wrote, not how to reach them: that stands in the head of the page.
WORDS = frozenset({FieldKind.TEXTAREA, FieldKind.CHOICE, FieldKind.TEXT, FieldKind.OWN})
NAMING = frozenset({"full_name", "first_name", "last_name", "job_title", "country"})


@dataclass(frozen=True, kw_only=True)
class Source:
    """The channel and campaign that made the MQL."""

    channel: str = ""
    campaign: str = ""


def source_of(person: Person, *, form: FormSubmitted | None) -> Source:
    """The last touch before the MQL that was not direct: of the form, else of a visit or form.

    Who types in our address came to know it elsewhere. With direct touches only it is direct;
    without any, the original source.
    """
    if form and _is_telling(form.channel):
        return Source(channel=form.channel, campaign=form.campaign)
    touches = FactRecord.objects.standing().filter(
        person_id__in=born_as([person.pk]), name__in=[FormSubmitted.name, VisitMade.name]
    )
    seen = touches.order_by("-happened_at", "-pk").values_list("payload", flat=True)[:20]
    return source_among(person, seen)


def source_among(person: Person, seen: Iterable[Mapping[str, Any]]) -> Source:
    """The same of touches at hand: what visits and forms told, the latest first."""
    known_from = [
        Source(channel=told.get("channel", ""), campaign=told.get("campaign", "")) for told in seen
    ]
    telling = next((source for source in known_from if _is_telling(source.channel)), None)
    known = next((source for source in known_from if source.channel), None)
    return telling or known or Source(channel=person.channel, campaign=person.campaign)


def _is_telling(channel: str) -> bool:
    return channel not in {"", Channel.DIRECT}


def make_brief(
    person: Person,
    *,
    form: FormSubmitted | None,
    threshold: int,
    at: datetime,
    found: Explanation | None = None,
) -> dict[str, Any]:
    """All of it as plain JSON, as of the offer: what is shown years later is what the rep saw.

    ``found``: the score, where it is not today's.
    """
    return {
        "score": score_in_words(found or explain(person, at), threshold=threshold),
        "forms": [told_in_form(form)] if form else latest_form(person),
        "said_source": person.said_source,
    }


def score_in_words(found: Explanation, *, threshold: int) -> dict[str, Any]:
    """The figures and the signed points behind them."""
    return {
        "score": found.figures.score,
        "fit": found.figures.fit,
        "engagement": found.figures.engagement,
        "threshold": threshold,
        "faded": found.faded,
        "parts": [
            {
                "kind": part.kind,
                "points": part.points,
                "words": part.words,
                "count": part.count,
                "at": part.when.isoformat() if part.when else "",
            }
            for part in found.parts
        ],
    }


def told_in_form(form: FormSubmitted, *, sent: Submission | None = None) -> dict[str, Any]:
    """A form that was sent, and what stood in it; ``sent`` with its form, where it is at hand."""
    if sent is None:
        sent = Submission.objects.filter(pk=form.submission_id).select_related("form").first()
    return {
        "fact_id": form.id,
        "name": form.form_name,
        "code": form.form_code,
        "page": form.page,
        "at": form.happened_at.isoformat(),
        "words": _words(sent) if sent else [],
    }


def latest_form(person: Person) -> list[dict[str, Any]]:
    """The latest form of somebody whom their score brought here; empty when they sent none."""
    rows = FactRecord.objects.standing().filter(
        person_id__in=born_as([person.pk]), name=FormSubmitted.name
    )
    row = rows.order_by("-happened_at", "-pk").first()
    fact = row.as_fact() if row else None
    return [told_in_form(fact)] if isinstance(fact, FormSubmitted) else []


def _words(sent: Submission) -> list[dict[str, str]]:
    """Answers in their own words first, then choices; names and addresses are left out."""
    asked, said = [read_field(raw) for raw in sent.form.fields], sent.said()
    telling = [field for field in asked if field.kind in WORDS and field.fills not in NAMING]
    telling.sort(key=lambda field: field.kind is not FieldKind.TEXTAREA)
    return [
        {
            "label": field.label,
            "value": said[field.code],
            "is_long": "yes" if field.kind is FieldKind.TEXTAREA else "",
        }
        for field in telling
        if said.get(field.code)
    ]
