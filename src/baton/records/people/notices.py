"""What people tell in the inbox: that one was given to somebody."""

from collections.abc import Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.colleagues.interests import followed_notice
from baton.core.notices.rules import HEARD
from baton.core.notices.slots import News, NoticeKind
from baton.records.people.events import OwnerChanged
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


def _seen(user: User, ids: Collection[int]) -> Collection[int]:
    return set(Person.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def tell_given(facts: Sequence[OwnerChanged]) -> Iterable[News]:
    """To the new owner, unless they took the person themselves."""
    people = Person.objects.living().in_bulk([fact.person_id for fact in facts if fact.person_id])
    for fact in facts:
        person = people.get(fact.person_id or 0)
        if person and fact.actor_id and fact.owner_id and fact.owner_id != fact.actor_id:
            yield News(
                user_id=fact.owner_id,
                cause=f"fact {fact.id}",
                what=person.full_name,
                url=person.get_absolute_url(),
                at=fact.happened_at,
                about_id=person.pk,
            )


GIVEN = NoticeKind(
    name="person.given",
    label=_("Somebody makes a person mine"),
    title=_("%(what)s is yours now"),
    many=_("%(n)s people are yours now"),
    icon="people",
    many_url=lambda: reverse("people:list"),
    fact=OwnerChanged,
    tell=tell_given,
    seen=_seen,
    permission=EDIT_PEOPLE.name,
    ways=HEARD,
)
FOLLOWED = followed_notice(
    OwnerChanged,
    label=_("A person whom I follow gets a new owner"),
    title=_("%(what)s has a new owner"),
    many=_("%(n)s people whom you follow have new owners"),
    icon="people",
)
