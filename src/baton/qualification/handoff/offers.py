"""What can be asked of a person's handoffs: in lists, segments, reports."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from baton.core.offers import FieldKind, FilterField, Label
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.words import REASONS, STATES

MOVED_BY = frozenset(
    {"handoff.offered", "handoff.accepted", "handoff.rejected", "handoff.unreachable"}
    | {"handoff.qualified", "handoff.disqualified"}
)


def _latest(column: str) -> Combinable:
    rows = Handoff.objects.filter(person=OuterRef("pk")).order_by("-made_at", "-pk")
    return Subquery(rows.values(column)[:1])


def latest_state() -> Combinable:
    return _latest("state")


def latest_verdict() -> Combinable:
    return _latest("verdict")


def latest_made() -> Combinable:
    return _latest("made_at")


def states() -> Iterable[tuple[str, Label]]:
    return list(STATES.items())


def reasons() -> Iterable[tuple[str, Label]]:
    return list(REASONS.items())


FIELDS = (
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
