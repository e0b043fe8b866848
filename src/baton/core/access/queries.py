"""Who works here, by another system's id."""

from collections.abc import Iterable

from baton.core.access.models import User, UserExternalId


def users_by_external_ids(source: str, external_ids: Iterable[str]) -> dict[str, User]:
    """Users by that system's ids; unknown ids are left out."""
    links = UserExternalId.objects.filter(source=source, external_id__in=set(external_ids))
    return {link.external_id: link.user for link in links.select_related("user")}
