from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.models import Change
from baton.core.changes.slots import Tracked, tracked, tracked_as
from baton.core.whence import Way

MADE = ("created", "restored")  # undone by deleting
TO_REGRET = timedelta(hours=1)  # that one gave something away; later somebody may work on it


def changes_of(*, object_type: str, object_id: int) -> QuerySet[Change]:
    """The history of one record, newest first, with who did it."""
    rows = Change.objects.filter(object_type=object_type, object_id=object_id)
    return rows.select_related("by").order_by("-at", "-pk")


def read_fields(
    kind: type[Model], ids: Collection[int], names: Collection[str]
) -> dict[int, dict[str, Any]]:
    """By id the present values of these fields; the id of a record that a field points to."""
    rows = kind._base_manager.filter(pk__in=ids).values("pk", *names)
    return {row.pop("pk"): row for row in rows}


def live_values(kind: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as history keeps them, turned into what the fields hold."""
    return {name: _live(kind, name, plain) for name, plain in values.items()}


def _live(kind: type[Model], name: str, plain: Any) -> Any:
    field: Any = kind._meta.get_field(name)
    if not field.is_relation:
        return field.to_python(plain)
    return field.related_model._default_manager.filter(pk=plain).first()


def may_undo(*, batch: UUID, user: User) -> bool:
    """Whether this user did all of the act, and reaches every record of it still: to delete what it
    made, to edit the rest, or gave it away by this very act a short while ago. An import is taken
    back as a whole where it stands."""
    act = Change.objects.filter(batch=batch)
    if not act.exists() or act.filter(~Q(by=user) | Q(way=Way.IMPORT)).exists():
        return False
    return all(
        _reaches(user, act.filter(object_type=object_type))
        for object_type in act.order_by().values_list("object_type", flat=True).distinct()
    )


def is_reached(*, user: User, object_type: str, object_id: int, verb: Verb) -> bool:
    """Whether an undo by this user would find this record; edits and deletions differ."""
    kind = tracked_as(object_type)
    return kind is not None and kind.reach(user, verb).filter(pk=object_id).exists()


def _reaches(user: User, rows: QuerySet[Change]) -> bool:
    kind = tracked_as(rows[0].object_type)
    if kind is None:
        return True  # an undo passes it over
    for verb, part in (
        (Verb.DELETE, rows.filter(verb__in=MADE)),
        (Verb.EDIT, rows.exclude(verb__in=MADE)),
    ):
        wanted = part.order_by().values_list("object_id", flat=True).distinct()
        reached = kind.reach(user, verb).filter(pk__in=wanted)
        if reached.count() != wanted.count():
            given = _given_away(user, part) if verb is Verb.EDIT else set()
            if not set(wanted) <= given | set(reached.values_list("pk", flat=True)):
                return False
    return True


def _given_away(user: User, rows: QuerySet[Change]) -> set[int]:
    """Whose owner the user was until this act: without it they would reach them still."""
    late = rows.filter(before__owner=user.pk, at__gte=timezone.now() - TO_REGRET)
    return set(late.values_list("object_id", flat=True))


def held_fields(*, object_type: str, ids: Collection[int]) -> dict[int, set[str]]:
    """By id the fields whose last change was a colleague's: no file and no undo set them since.

    An own field stands among them as ``custom.code``.
    """
    if not ids:
        return {}
    rows = Change.objects.filter(object_type=object_type, object_id__in=ids, verb="edited")
    told = rows.filter(undone_at=None).exclude(cause="undo").order_by("pk")
    found: dict[int, set[str]] = {}
    read = told.values_list("object_id", "by_id", "way", "before", "after")
    for pk, by_id, way, before, after in read:
        fields = {*_touched(before, after)}
        held = found.setdefault(pk, set())
        held -= fields
        held |= fields if by_id and way != Way.IMPORT else set()
    return found


def _touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        name for name, value in after.items() if name not in before or before[name] != value
    )
    was, now = before.get("custom") or {}, after.get("custom") or {}
    yield from (f"custom.{code}" for code in {*was, *now} if was.get(code) != now.get(code))


def count_changed(batch: UUID, *, object_type: str, ids: Collection[int]) -> int:
    """How many of these records an act has changed so far."""
    rows = Change.objects.filter(batch=batch, object_type=object_type, object_id__in=ids)
    return rows.values("object_id").distinct().count()


def kinds_in_trash() -> list[Tracked]:
    """Those that have a key and a trash."""
    return [kind for kind in tracked if kind.has_trash]


def trash_of(kind: Tracked, *, user: User) -> QuerySet[Any]:
    """What of this kind lies in the trash and this user may take out: what they might delete."""
    return kind.reach(user, Verb.DELETE).exclude(deleted_at=None)


def deletions_of(*, object_type: str, ids: Collection[int]) -> dict[int, Change]:
    """By record, the act that put it into the trash, with who did it."""
    rows = Change.objects.filter(object_type=object_type, object_id__in=ids, verb="deleted")
    return {row.object_id: row for row in rows.select_related("by").order_by("at", "pk")}
