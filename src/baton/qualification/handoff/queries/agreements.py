"""The agreement in force, the one that is signed and comes next, and the draft."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Role
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.rules import Kind, Side, first_terms, sides_after_the_win, sides_of


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


def owners_terms() -> Agreement:
    """By which won deals are handed over to who looks after customers; until a version is in force
    the usual terms."""
    return agreement_in_force(Kind.OWNER) or usual_terms()


def usual_terms() -> Agreement:
    """What nobody has signed, and counts after the win until somebody does."""
    return Agreement(kind=Kind.OWNER, version=0, **first_terms(Kind.OWNER))


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


def signing_sides(user: User, *, kind: str) -> tuple[Side, ...]:
    """For which sides of this kind they sign."""
    if kind != Kind.OWNER:
        return sides_of(user.role)
    return sides_after_the_win(user.role, leads_owners=_leads_owners(user))


def _leads_owners(user: User) -> bool:
    """Whether a customer owner works under them, or they manage the team of one."""
    under = Q(manager=user) | Q(team__manager=user)
    owners = who_can_sign_in().filter(under, role=Role.CUSTOMER_OWNER)
    return owners.exclude(pk=user.pk).exists()


def versions_of(kind: str, *, user: User) -> QuerySet[Agreement]:
    """All there are, the latest first, with who signed."""
    rows = Agreement.objects.visible_to(user).of_kind(kind)
    signers = (f"signed_for_{side}_by" for side in Side)
    return rows.select_related("pool", "given_to", *signers).order_by("-version")
