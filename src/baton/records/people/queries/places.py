"""Where people and companies are."""

from collections.abc import Collection

from baton.core.prepared import Prepared
from baton.records.people.models import Company, PostalAddress

MOST_OFFERED = 200


_POSTAL = Prepared(lambda ids: PostalAddress.objects.filter(person_id__in=ids).order_by("pk"))


def postal_of(person_ids: Collection[int]) -> dict[int, list[PostalAddress]]:
    """The postal addresses of each, the one to use first."""
    found: dict[int, list[PostalAddress]] = {pk: [] for pk in person_ids}
    for row in _POSTAL.rows(ids=person_ids):
        found[row.person_id].append(row)
    return found


def territories() -> list[str]:
    """Those that companies lie in, in order."""
    known = Company.objects.living().exclude(territory="").order_by("territory")
    return list(known.values_list("territory", flat=True).distinct()[:MOST_OFFERED])
