"""What lies with one user: each figure is the count of a list, as its address finds it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from baton.core.access.models import User
from baton.core.saved.quality import rows_of
from baton.core.saved.queries import address, list_named
from baton.core.saved.slots import charges
from baton.core.ui.lists import Words, count_words, counted
from baton.core.ui.only import ONLY


@dataclass(frozen=True, kw_only=True)
class Held:
    """Some records of one kind, and where they are given on."""

    label: Words
    words: str  # how many
    url: str
    icon: str


def held_by(owner: User, *, seen_by: User) -> list[Held]:
    """What lies with ``owner``, of the lists that the other may open and the rows they see."""
    found = []
    for charge in sorted(charges, key=lambda one: one.order):
        place = list_named(charge.on, user=seen_by)
        if place is None:
            continue
        state = urlencode([*charge.asked, (ONLY, f"owner:{owner.pk}")])
        if count := counted(rows_of(place, state, user=seen_by)):
            url = address(place, state=state)
            words = count_words(count)
            found.append(Held(label=charge.label, words=words, url=url, icon=place.icon))
    return found
