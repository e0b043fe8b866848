"""The agreement in force, the one that is signed and comes next, and the draft."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.rules import Kind


def agreement_in_force(kind: str = Kind.MARKETING) -> Agreement | None:
    """The latest version of this kind that both sides signed, of those whose first day has come;
    None: nobody has agreed to anything yet."""
    # As a value: programs ask for whatever kind they like, and each would be a question of its own.
    return _IN_FORCE.first(kind=str(kind), at=timezone.now())


_IN_FORCE = Prepared(
    lambda kind, at: Agreement.objects.of_kind(kind).started(at).order_by("-version")[:1]
)


def executives_agreement() -> Agreement | None:
    """By which SDRs hand on whom they qualified; None while they keep them."""
    found = agreement_in_force(Kind.EXECUTIVE)
    return found if found and found.is_on else None


def threshold_in_force() -> int:
    """From how many points on a score hands somebody off; 0 while nobody has agreed."""
    agreement = agreement_in_force()
    return agreement.threshold if agreement else 0


def answered_since(user: User, since: datetime) -> QuerySet[Any, Any]:
    """Ids of the people of handoffs since then that somebody has answered, of those one sees."""
    made = Handoff.objects.visible_to(user).to_sales().filter(made_at__gte=since)
    return made.exclude(answered_at=None).values("person")


def coming_agreement(kind: str = Kind.MARKETING) -> Agreement | None:
    """Signed by both, and in force from a day ahead; None: the one in force just goes on."""
    at = timezone.now()
    latest = Agreement.objects.of_kind(kind).signed().order_by("-version").first()
    return latest if latest and not latest.has_started(at) else None


def draft_agreement(kind: str = Kind.MARKETING) -> Agreement | None:
    """The version that is being talked about, newer than any signed one; None: there is none."""
    latest = Agreement.objects.of_kind(kind).order_by("-version").first()
    return latest if latest and latest.valid_from is None else None


def agreement_to_amend(kind: str = Kind.MARKETING) -> Agreement | None:
    """On which a proposal builds: the latest version, whatever became of it."""
    return Agreement.objects.of_kind(kind).order_by("-version").first()
