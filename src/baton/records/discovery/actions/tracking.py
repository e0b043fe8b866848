"""How guides and answers are read and written back, so that undo works on them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import apply_edit, restore_rows, trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.records.audience.actions import read_for_personas, take_back_personas
from baton.records.discovery.actions.answering import write_answers
from baton.records.discovery.actions.guides import save_guide
from baton.records.discovery.models import Discovery, Guide
from baton.records.discovery.permissions import EDIT_ANSWERS, MANAGE_GUIDES

Ids = Collection[int]


def _write_guide(guide_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """As it was; the undo writes its own history."""
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    apply_edit(guide, values=take_back_personas(guide, values))
    save_guide(guide)


def _bring_back_guides(ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Those whose name another has by now stay in the trash."""
    names = {name.lower() for name in Guide.objects.living().values_list("name", flat=True)}
    gone = Guide.objects.exclude(deleted_at=None).filter(pk__in=ids)
    free = [guide.pk for guide in gone if guide.name.lower() not in names]
    return restore_rows(Guide.objects.filter(pk__in=free))


def _reach_answers(user: User, verb: Verb) -> Any:
    return Discovery.objects.reached_by(user, EDIT_ANSWERS)


GUIDE = Tracked(
    object_type="guide",
    label="Guide",
    read=partial(read_for_personas, Guide),
    write=_write_guide,
    trash=lambda ids, by, at: trash_rows(Guide.objects.filter(pk__in=ids), at=at),
    restore=_bring_back_guides,
    reach=lambda user, _verb: Guide.objects.reached_by(user, MANAGE_GUIDES),
)
DISCOVERY = Tracked(
    object_type="discovery",
    label="Discovery",
    read=lambda ids, names: read_fields(Discovery, ids, names),
    write=write_answers,
    trash=lambda ids, by, at: trash_rows(Discovery.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: restore_rows(Discovery.objects.filter(pk__in=ids)),
    reach=_reach_answers,
)
