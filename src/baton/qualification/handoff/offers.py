"""What can be asked of handoffs, and of a person's: in lists, segments, reports."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.facts.models import FactRecord
from baton.core.offers import FieldKind, FilterField, Label
from baton.qualification.handoff.events import PricesSeen
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.words import KINDS, LANES, REASONS, STATES
from baton.records.people.models import Identity

MOVED_BY = frozenset(
    {"handoff.offered", "handoff.accepted", "handoff.rejected", "handoff.unreachable"}
    | {"handoff.qualified", "handoff.disqualified", "handoff.answer_undone"}
)


def _latest(column: str) -> Combinable:
    rows = Handoff.objects.to_sales().filter(person=OuterRef("pk")).order_by("-made_at", "-pk")
    return Subquery(rows.values(column)[:1])


def latest_state() -> Combinable:
    return _latest("state")


def latest_verdict() -> Combinable:
    return _latest("verdict")


def latest_made() -> Combinable:
    return _latest("made_at")


def states() -> Iterable[tuple[str, Label]]:
    return list(STATES.items())


def kinds() -> Iterable[tuple[str, Label]]:
    return list(KINDS.items())


def reasons() -> Iterable[tuple[str, Label]]:
    return list(REASONS.items())


def latest_look_at_prices() -> Combinable:
    """By whom somebody is now: a fact keeps the person that it was told of."""
    born = Identity.objects.filter(person=OuterRef(OuterRef("pk"))).values("old_id")
    about = Q(person_id=OuterRef("pk")) | Q(person_id__in=born)
    looks = FactRecord.objects.standing().filter(about, name=PricesSeen.name)
    return Subquery(looks.order_by("-happened_at").values("happened_at")[:1])


FIELDS = (
    FilterField(
        object_type="person",
        name="prices_seen_at",
        label=_("Looked at prices"),
        kind=FieldKind.DATE,
        path=latest_look_at_prices,
        changed_by=frozenset({PricesSeen.name}),
        permission=VIEW_HANDOFFS.name,
    ),
    FilterField(
        object_type="person",
        name="handoff",
        label=_("Latest handoff"),
        kind=FieldKind.CHOICE,
        path=latest_state,
        choices=states,
        changed_by=MOVED_BY,
        permission=VIEW_HANDOFFS.name,
    ),
    FilterField(
        object_type="person",
        name="verdict",
        label=_("Latest verdict"),
        kind=FieldKind.CHOICE,
        path=latest_verdict,
        choices=reasons,
        changed_by=MOVED_BY,
        permission=VIEW_HANDOFFS.name,
    ),
    FilterField(
        object_type="person",
        name="handed_off_at",
        label=_("Handed off"),
        kind=FieldKind.DATE,
        path=latest_made,
        changed_by=frozenset({"handoff.offered"}),
        permission=VIEW_HANDOFFS.name,
    ),
)


def lanes() -> Iterable[tuple[str, Label]]:
    return list(LANES.items())


Choices = Callable[[], Iterable[tuple[str, Label]]]
_OF_HANDOFF: tuple[tuple[str, Label, FieldKind, str, Choices | None], ...] = (
    ("state", _("State"), FieldKind.CHOICE, "state", states),
    ("kind", _("Kind"), FieldKind.CHOICE, "kind", kinds),
    ("lane", _("Lane"), FieldKind.CHOICE, "lane", lanes),
    ("rep", _("Rep"), FieldKind.RELATION, "rep", colleagues),
    ("handed_by", _("Handed on by"), FieldKind.RELATION, "handed_by", colleagues),
    ("made_at", _("Handed off"), FieldKind.DATE, "made_at", None),
    ("answered_at", _("Answered"), FieldKind.DATE, "answered_at", None),
    ("is_late", _("Answered late"), FieldKind.BOOLEAN, "is_late", None),
    ("responded_at", _("First response"), FieldKind.DATE, "responded_at", None),
    ("attempt_count", _("Attempts"), FieldKind.NUMBER, "attempt_count", None),
    ("round", _("Times offered"), FieldKind.NUMBER, "round", None),
    ("verdict", _("Verdict"), FieldKind.CHOICE, "verdict", reasons),
    ("competitor", _("Competitor"), FieldKind.TEXT, "competitor", None),
    ("revisit_on", _("To be asked again on"), FieldKind.DATE, "revisit_on", None),
    ("closed_at", _("Closed"), FieldKind.DATE, "closed_at", None),
    ("channel", _("Source of the MQL"), FieldKind.TEXT, "channel", None),
    ("campaign", _("Campaign"), FieldKind.TEXT, "campaign", None),
    ("person", _("Name"), FieldKind.TEXT, "person__full_name", None),
    ("company", _("Company"), FieldKind.TEXT, "person__company__name", None),
    ("score", _("Score"), FieldKind.NUMBER, "person__score", None),
)


def handoff_fields() -> Iterator[FilterField]:
    """What can be asked of a handoff, in the order in which forms offer it."""
    for name, label, kind, path, choices in _OF_HANDOFF:
        yield FilterField(
            object_type="handoff",
            name=name,
            label=label,
            kind=kind,
            path=path,
            choices=choices,
            changed_by=MOVED_BY,
        )
