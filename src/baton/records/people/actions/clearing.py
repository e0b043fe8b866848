"""An import is taken back: what it made beside people and companies goes, too."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from baton.records.people.models import CompanyTag, PersonTag, Tag


@transaction.atomic(savepoint=False)
def clear_tags(*, batch: UUID) -> list[str]:
    """The tags that it made, but for those that somebody has; says which stay."""
    people = PersonTag.objects.filter(tag=OuterRef("pk"), person__deleted_at=None)
    companies = CompanyTag.objects.filter(tag=OuterRef("pk"), company__deleted_at=None)
    made = Tag.objects.filter(batch=batch)
    used = made.filter(Exists(people) | Exists(companies)).order_by("name")
    kept = dict(used.values_list("pk", "name"))
    made.exclude(pk__in=kept).delete()
    words = _("The tag “%(tag)s” stays: somebody has it by now.")
    return [words % {"tag": name} for name in kept.values()]
