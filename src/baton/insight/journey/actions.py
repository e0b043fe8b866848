"""Draw the map anew; say what is shown in a stage, and that it is not any more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change, restore_rows, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.words import label_of
from baton.insight.journey.models import BuyerStage, Shown
from baton.insight.journey.permissions import EDIT_JOURNEY
from baton.insight.journey.queries import spots
from baton.insight.journey.rules import Code, Spot, first_backward
from baton.marketing.campaigns.models import Campaign
from baton.marketing.capture.models import Form, Page
from baton.records.audience.models import Persona

STAGE, SHOWN = "buyer_stage", "journey_content"
FIELDS = ("name", "question", "care", "stages")


class BadJourney(RuleViolation):
    """A stage without a name, stages that would be passed backwards, or a thing shown twice."""


@transaction.atomic
def draw_map(*, drawn: Sequence[Spot], by: User | None, at: datetime) -> UUID | None:
    """All stages in one act; the batch takes it back, None where all stands so already.

    Raises BadJourney.
    """
    _check(drawn)
    batch, before = new_key(), {spot.code: spot for spot in spots()}
    changed = [spot for spot in drawn if spot != before[spot.code]]
    for spot in changed:
        _draw(spot, before[spot.code], by=by, at=at, batch=batch)
    return batch if changed else None


def _check(drawn: Sequence[Spot]) -> None:
    if [spot.code for spot in drawn] != list(Code):
        raise BadJourney(_("The map has all five stages, in their order."))
    if not all(spot.name.strip() for spot in drawn):
        raise BadJourney(_("Each stage needs a name."))
    if backward := first_backward(drawn):
        earlier, later = map(label_of, backward)
        words = _("%(earlier)s comes before %(later)s: it cannot stand in a later stage.")
        raise BadJourney(words % {"earlier": earlier, "later": later})


def _draw(spot: Spot, before: Spot, *, by: User | None, at: datetime, batch: UUID) -> None:
    usual = {name: _plain(before, name) for name in FIELDS}
    row, _is_new = BuyerStage.objects.get_or_create(code=spot.code, defaults=usual)
    row = BuyerStage.objects.select_for_update(of=("self",)).get(pk=row.pk)
    changed = apply_edit(row, values={name: _plain(spot, name) for name in FIELDS})
    row.save()
    record_change(
        object_type=STAGE,
        object_id=row.pk,
        verb="edited",
        before={name: usual[name] for name in changed},
        after={name: _plain(spot, name) for name in changed},
        by=by,
        at=at,
        batch=batch,
    )


def _plain(spot: Spot, name: str) -> Any:
    value = getattr(spot, name)
    return list(value) if name == "stages" else str(value)


@transaction.atomic
def show_content(
    *,
    code: str,
    by: User | None,
    at: datetime,
    persona: Persona | None = None,
    what: Page | Form | Campaign | None = None,
) -> Shown:
    """``what`` None: the persona's approved sentences. Raises BadJourney."""
    if what is None and persona is None:
        raise BadJourney(_("Say whose approved sentences are shown: choose a persona."))
    if what is None and persona and not persona.sentences:
        words = _("%(persona)s has no approved sentence yet. Write one on its page.")
        raise BadJourney(words % {"persona": persona.name})
    named: dict[str, Any] = {
        "code": Code(code),
        "persona": persona,
        "page": what if isinstance(what, Page) else None,
        "form": what if isinstance(what, Form) else None,
        "campaign": what if isinstance(what, Campaign) else None,
    }
    try:
        with transaction.atomic():
            made = Shown.objects.create(**named)
    except IntegrityError as twice:  # also of two presses at once
        raise BadJourney(_("That is shown there already.")) from twice
    after = {"code": made.code}
    record_change(object_type=SHOWN, object_id=made.pk, verb="created", after=after, by=by, at=at)
    return made


@transaction.atomic
def hide_content(*, shown: Shown, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned brings it back."""
    batch = new_key()
    if trash_rows(Shown.objects.filter(pk=shown.pk), at=at):
        record_change(
            object_type=SHOWN, object_id=shown.pk, verb="deleted", by=by, at=at, batch=batch
        )
    return batch


def _write_stage(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    found = BuyerStage.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(found, values=live_values(BuyerStage, values))
    found.save()


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return trash_rows(Shown.objects.filter(pk__in=ids), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """But for what somebody shows there again meanwhile."""
    named = ("code", "persona", "page", "form", "campaign")
    held = set(Shown.objects.filter(deleted_at=None).values_list(*named))
    rows = Shown.objects.filter(pk__in=ids).values_list("pk", *named)
    free = [pk for pk, *what in rows if tuple(what) not in held]
    return restore_rows(Shown.objects.filter(pk__in=free))


def _write_shown(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Nothing of it is edited."""


TRACKED = (
    Tracked(
        object_type=STAGE,
        label="Stage of the journey",
        read=partial(read_fields, BuyerStage),
        write=_write_stage,
        has_trash=False,  # there are always five
        trash=lambda ids, by, at: [],
        restore=lambda ids, by, at: [],
        reach=lambda user, verb: BuyerStage.objects.reached_by(user, EDIT_JOURNEY),
    ),
    Tracked(
        object_type=SHOWN,
        label="Content of the journey",
        read=partial(read_fields, Shown),
        write=_write_shown,
        trash=_put_away,
        restore=_bring_back,
        reach=lambda user, verb: Shown.objects.reached_by(user, EDIT_JOURNEY),
    ),
)
