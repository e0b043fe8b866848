"""Campaigns and members as another system has them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.bulk import CHUNK, update_rows
from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.marketing.campaigns.actions.adding import IMPORTED, MEMBER
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.campaigns.models import Campaign, CampaignExternalId, CampaignMember
from baton.marketing.campaigns.rules import Status, went_further

Place = tuple[int, int]  # campaign, person


@dataclass(frozen=True, kw_only=True)
class ForeignMember:
    """Somebody whom a campaign reached, and when they responded, if they did."""

    campaign_id: int
    person_id: int
    at: datetime
    responded_at: datetime | None = None

    @property
    def steps(self) -> list[tuple[Status, datetime]]:
        reached = [(Status.REACHED, min(self.at, self.responded_at or self.at))]
        return [*reached, (Status.RESPONDED, self.responded_at)] if self.responded_at else reached


@transaction.atomic(savepoint=False)
def call_campaigns(*, source: str, names: Mapping[str, Campaign]) -> None:
    """From now on that system's ids are theirs."""
    rows = [
        CampaignExternalId(campaign=campaign, source=source, external_id=name)
        for name, campaign in names.items()
    ]
    CampaignExternalId.objects.bulk_create(rows, ignore_conflicts=True)


def forget_campaigns(*, source: str, names: Collection[str]) -> None:
    """Of these ids those of campaigns in the trash are nobody's any more."""
    gone = CampaignExternalId.objects.filter(source=source, external_id__in=names)
    gone.exclude(campaign__deleted_at=None).delete()


@transaction.atomic
def import_members(
    *, members: Sequence[ForeignMember], at: datetime, batch: UUID
) -> list[tuple[bool, bool]]:
    """In this order: is it new, is it changed. Nobody goes back; safe with the same ones again."""
    known = _known(members)
    fresh: dict[Place, CampaignMember] = {}
    former: dict[Place, tuple[str, datetime]] = {}
    facts: list[CampaignJoined] = []
    told: list[tuple[bool, bool]] = []
    for one in members:
        place = (one.campaign_id, one.person_id)
        row, is_new, is_changed = known.get(place), place not in known, False
        for status, when in one.steps:
            if not went_further(row.status if row else None, status):
                continue
            if row is None:
                row = known[place] = fresh[place] = CampaignMember(
                    campaign_id=one.campaign_id, person_id=one.person_id
                )
            elif place not in fresh:
                former.setdefault(place, (row.status, row.at))
            row.status, row.at, is_changed = status, when, True
            facts.append(_joined(one, status, when))
        told.append((is_new, is_changed and not is_new))
    CampaignMember.objects.bulk_create(fresh.values(), batch_size=CHUNK)
    _move([known[place] for place in former])
    record_changes(
        [_change(row, None, at=at, batch=batch) for row in fresh.values()]
        + [_change(known[place], was, at=at, batch=batch) for place, was in former.items()]
    )
    publish_many(facts)
    return told


def _known(members: Sequence[ForeignMember]) -> dict[Place, CampaignMember]:
    """Held as ``enlist`` holds them: of two who write the same member the second finds it there."""
    ids = {one.campaign_id for one in members}
    list(Campaign.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    people = {one.person_id for one in members}
    rows = CampaignMember.objects.filter(campaign__in=ids, person__in=people)
    return {(row.campaign_id, row.person_id): row for row in rows}


def _move(rows: Sequence[CampaignMember]) -> None:
    values = {row.pk: {"status": row.status, "at": row.at} for row in rows}
    update_rows(CampaignMember, values, fields=("status", "at"))


def _joined(one: ForeignMember, status: Status, when: datetime) -> CampaignJoined:
    return CampaignJoined(
        happened_at=when, person_id=one.person_id, campaign_id=one.campaign_id, status=status
    )


def _change(
    row: CampaignMember, was: tuple[str, datetime] | None, *, at: datetime, batch: UUID
) -> Change:
    return Change(
        object_type=MEMBER,
        object_id=row.pk,
        verb="edited" if was else "created",
        before={"status": was[0], "at": plain(was[1])} if was else {},
        after={"status": row.status, "at": plain(row.at)},
        at=at,
        cause=IMPORTED,
        batch=batch,
    )
