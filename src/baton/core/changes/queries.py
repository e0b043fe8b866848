from django.db.models import QuerySet

from baton.core.changes.models import Change


def changes_of(*, object_type: str, object_id: int) -> QuerySet[Change]:
    """The history of one record, newest first, with who did it."""
    rows = Change.objects.filter(object_type=object_type, object_id=object_id)
    return rows.select_related("by").order_by("-at", "-pk")
