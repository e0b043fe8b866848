"""Who was in a campaign, and who responded, out of another system."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    RowRefused,
    Verdict,
)
from baton.marketing.campaigns.actions import ForeignMember, import_members
from baton.marketing.campaigns.queries import campaigns_by_external_ids
from baton.records.people.queries import people_linked


def upsert_members(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """A campaign and a person are a member once, however many rows say so."""
    named = {
        name: [row.values[name] for row in rows if row.values.get(name)]
        for name in ("campaign", "person")
    }
    found: dict[str, Any] = {
        "campaign": campaigns_by_external_ids(run.source, named["campaign"]),
        "person": people_linked(run.source, named["person"]),
    }
    verdicts: dict[int, Verdict] = {}
    good: dict[int, ForeignMember] = {}
    for place, row in enumerate(rows):
        try:
            good[place] = _member(row, run, found)
        except RowRefused as no:
            verdicts[place] = no.verdict()
    told = import_members(members=[*good.values()], at=run.at, batch=run.batch)
    for place, (is_new, is_changed) in zip(good, told, strict=True):
        status = ImportStatus.UPDATED if is_changed else ImportStatus.UNCHANGED
        verdicts[place] = Verdict(ImportStatus.CREATED if is_new else status)
    return [verdicts[place] for place in range(len(rows))]


def check_members(run: ImportRun) -> Any:
    """What no member can be, told before the first row is written."""

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        words = {
            "campaign": _("Say which campaign."),
            "person": _("Say which person it reached."),
            "at": _("The date is missing. Fill it in."),
        }
        gaps = {
            place: next((name for name in words if not row.values.get(name)), "")
            for place, row in enumerate(rows)
        }
        return {
            place: RowRefused(name, words[name]).verdict() for place, name in gaps.items() if name
        }

    return check


def _member(row: ImportRow, run: ImportRun, found: dict[str, Any]) -> ForeignMember:
    """Raises RowRefused."""
    linked = {name: known.get(row.values.get(name) or "") for name, known in found.items()}
    for name, record in linked.items():
        if record is None or record.deleted_at:
            words = _("What “%(key)s” names is not here. Import it too, or mend it.")
            raise RowRefused(name, words % {"key": (row.values.get(name) or "")[:60]})
    at, responded_at = row.values["at"], row.values.get("responded_at")
    if row.values.get("is_responded") and not responded_at:
        responded_at = at
    return ForeignMember(
        campaign_id=linked["campaign"].pk,
        person_id=linked["person"].pk,
        at=at,
        responded_at=responded_at,
    )


MEMBERS = ImportTarget(
    object_type="member",
    label=gettext_lazy("Members of campaigns"),
    order=65,
    fields=(
        ImportField(
            name="campaign",
            label=gettext_lazy("Campaign"),
            kind=ImportKind.LINK,
            of="campaign",
            is_required=True,
        ),
        ImportField(
            name="person",
            label=gettext_lazy("Person"),
            kind=ImportKind.LINK,
            of="person",
            is_required=True,
        ),
        ImportField(
            name="at", label=gettext_lazy("When"), kind=ImportKind.MOMENT, is_required=True
        ),
        ImportField(
            name="responded_at", label=gettext_lazy("Responded on"), kind=ImportKind.MOMENT
        ),
        ImportField(name="is_responded", label=gettext_lazy("Responded"), kind=ImportKind.BOOLEAN),
    ),
    upsert=upsert_members,
    check=check_members,
)
