"""Who works here: what colleagues do on our own pages gives no points."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation
from baton.records.people.models import EmailAddress
from baton.records.people.rules.domains import domain_of

_ADDRESSES: Prepared[tuple[int, str, bool]] = Prepared(
    lambda people: EmailAddress.objects.filter(person_id__in=people, deleted_at=None).values_list(
        "person_id",
        "normalised",
        Exists(
            User.objects.filter(deleted_at=None)
            .annotate(lower=Lower("email"))
            .filter(lower=OuterRef("normalised"))
        ),
    )
)


def staff_among(person_ids: Collection[int]) -> set[int]:
    """Those with the address of a user, or one at a domain of our own."""
    own = frozenset(organisation().own_domains)
    rows = _ADDRESSES.rows(people=list(person_ids))
    return {pk for pk, mail, is_user in rows if is_user or domain_of(mail) in own}


def scored_staff() -> list[int]:
    """Those of them who have a score all the same: they came here after they were scored."""
    scored = EmailAddress.objects.filter(deleted_at=None).exclude(person__score=0)
    users = User.objects.filter(deleted_at=None, email__isnull=False).values(lower=Lower("email"))
    found = set(scored.filter(normalised__in=users).values_list("person_id", flat=True))
    for domain in organisation().own_domains:
        at_home = scored.filter(normalised__endswith=f"@{domain}")
        found |= set(at_home.values_list("person_id", flat=True))
    return sorted(found)
