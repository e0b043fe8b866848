from urllib.parse import urlencode

from django.db.models import Q

from baton.core.access.models import User
from baton.core.addresses import place as at
from baton.core.prepared import Prepared
from baton.core.saved.models import SavedView
from baton.core.saved.rules import OPENED, pairs_of
from baton.core.saved.slots import SavedList, saved_lists


def views_for(user: User, *, list_name: str = "") -> list[SavedView]:
    """What stands in the sidebar, and the tabs of that list: one's own first, each by name."""
    wanted = _WANTED.rows(user=user, list_name=list_name)
    return sorted(wanted, key=lambda view: (view.owner_id != user.pk, view.name.casefold()))


_WANTED = Prepared(
    lambda user, list_name: (
        SavedView.objects.visible_to(user)
        .with_pins(user)
        .filter(Q(is_pinned=True) | Q(list_name=list_name))
    )
)


def list_of(view: SavedView, *, user: User) -> SavedList | None:
    """None when the list is gone, or this user may not open it."""
    return list_named(view.list_name, user=user)


def list_named(name: str, *, user: User) -> SavedList | None:
    """None for a list that does not exist, or that this user may not open."""
    found = saved_lists.find(name)
    return found if found and user.may(found.permission) else None


def address_of(view: SavedView, place: SavedList) -> str:
    """The list as the view shows it."""
    return address(place, state=view.state, key=str(view.key))


def address(place: SavedList, *, state: str, key: str = "") -> str:
    """The list in this state; with a key, that view's tab is the current one."""
    pairs = [*pairs_of(state), *([(OPENED, key)] if key else [])]
    return f"{at(place.url_name)}?{urlencode(pairs)}" if pairs else at(place.url_name)
