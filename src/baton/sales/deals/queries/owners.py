"""Who may own a deal, and who is known to compete for one."""

from django.db.models import Count, Q, QuerySet

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.access.roles import Area, Role, Scope, Verb, scope_of
from baton.core.access.visibility import team_ids
from baton.core.prepared import Prepared
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import VIEW_DEALS

SELLERS = frozenset(role for role in Role if scope_of(role, Area.SALES, Verb.EDIT))


def owners_for(user: User, *, present: User | None = None) -> QuerySet[User]:
    """Who can sign in and whose role works on deals, of the user's reach; and the present owner."""
    return _owners(user, present.pk if present else None)


def owners_named(user: User, *, present: User | None = None) -> list[User]:
    """The same with nothing but their names, to choose from."""
    return _NAMED.rows(user=user, present=present.pk if present else None)


def _owners(user: User, present: int | None) -> QuerySet[User]:
    sellers = Q(role__in=SELLERS, pk__in=who_can_sign_in().order_by().values("pk"))
    if user.scope(VIEW_DEALS) is not Scope.ALL:
        sellers &= Q(team__in=team_ids(user)) | Q(pk=user.pk)
    either = sellers | Q(pk=present) if present else sellers
    return User.objects.filter(either).order_by("name", "pk")


_NAMED = Prepared(lambda user, present: _owners(user, present).only("key", "name"))


def owner_ids(user: User) -> list[int]:
    """To whom this user may give a deal."""
    return [one.pk for one in owners_named(user)]


def seller_ids() -> list[int]:
    """All who can sign in and whose role works on deals."""
    return _SELLERS.rows()


_SELLERS: Prepared[int] = Prepared(
    lambda: who_can_sign_in().filter(role__in=SELLERS).order_by("pk").values_list("pk", flat=True)
)


def rivals(user: User) -> list[str]:
    """Competitors' names as they were written before, the most frequent first."""
    return [] if "competitor" in user.limits("deal").hidden else _RIVALS.rows(user=user)


_RIVALS: Prepared[str] = Prepared(
    lambda user: (
        Deal.objects.living()
        .visible_to(user)
        .exclude(competitor="")
        .order_by()
        .values("competitor")
        .annotate(count=Count("pk"))
        .order_by("-count", "competitor")
        .values_list("competitor", flat=True)[:30]
    )
)
