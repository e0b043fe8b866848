"""Campaigns: made, edited, put in the trash, taken back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change, trash_rows
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.marketing.campaigns.actions.refusals import (
    BadCode,
    BadPeriod,
    CodeTaken,
    NoName,
    UnknownChannel,
)
from baton.marketing.campaigns.events import (
    CampaignChanged,
    CampaignCreated,
    CampaignDeleted,
    CampaignRestored,
)
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.queries.coming import campaigns_of
from baton.marketing.capture.rules import Channel, clean_line, clean_text

FIELDS = frozenset({"name", "code", "channel", "starts_on", "ends_on", "owner", "goal", "brand"})


@transaction.atomic
def create_campaign(
    *,
    name: str,
    channel: str,
    by: User | None,
    at: datetime,
    code: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    owner: User | None = None,
    goal: str = "",
    batch: UUID | None = None,
) -> Campaign:
    """A new campaign; its code is made of its name unless given. People who came with that code
    before become members in the background.

    Raises BadCode, CodeTaken, UnknownChannel and BadPeriod.
    """
    name = _clean_name(name)
    campaign = Campaign(
        name=name,
        sort_key=name.casefold()[:160],
        code=_clean_code(code or name),
        channel=_known_channel(channel),
        starts_on=starts_on,
        ends_on=ends_on,
        owner=owner,
        goal=clean_text(goal),
    )
    _check_period(campaign)
    _save_once(campaign)
    after = {"name": campaign.name}
    _write_down(campaign, verb="created", by=by, at=at, after=after, batch=batch)
    publish(
        CampaignCreated(happened_at=at, campaign_id=campaign.pk, actor_id=by.pk if by else None)
    )
    return campaign


@transaction.atomic
def edit_campaign(
    *,
    campaign: Campaign,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Campaign:
    """Set the fields that differ. Raises LostRace and what create_campaign raises."""
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    values = _cleaned(values)
    before = {name: getattr(campaign, name) for name in values}
    changed: list[str] = apply_edit(campaign, values=values, version=version)
    if changed:
        _write(campaign, changed, by=by, at=at)
        _write_down(
            campaign,
            verb="edited",
            by=by,
            at=at,
            before={name: before[name] for name in changed},
            after={name: values[name] for name in changed},
            batch=batch,
        )
    return campaign


@transaction.atomic
def trash_campaign(
    *, campaign: Campaign, by: User | None, at: datetime, batch: UUID | None = None
) -> UUID:
    """Into the trash; the batch that is returned takes it out again. Its costs were spent: they
    stay."""
    put_away([campaign.pk], by, at)
    before = {"name": campaign.name}
    return _write_down(campaign, verb="deleted", by=by, at=at, before=before, batch=batch)


def put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own; says which ones went."""
    gone = trash_rows(Campaign.objects.filter(pk__in=ids), at=at)
    for pk in gone:
        publish(CampaignDeleted(happened_at=at, campaign_id=pk, actor_id=by.pk if by else None))
    return gone


def bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Without history. Raises CodeTaken when another has the code meanwhile."""
    trashed = Campaign.objects.exclude(deleted_at=None).filter(pk__in=ids)
    back = list(trashed.select_for_update())
    for campaign in back:
        campaign.deleted_at, campaign.version = None, campaign.version + 1
        _save_once(campaign)
        actor = by.pk if by else None
        publish(CampaignRestored(happened_at=at, campaign_id=campaign.pk, actor_id=actor))
    return [campaign.pk for campaign in back]


def write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Old values, for the undo."""
    campaign = Campaign.objects.select_for_update().get(pk=pk)
    changed = apply_edit(campaign, values=values)
    if changed:
        _write(campaign, changed, by=by, at=at)


def _write(campaign: Campaign, changed: list[str], *, by: User | None, at: datetime) -> None:
    _check_period(campaign)
    _save_once(campaign)
    actor = by.pk if by else None
    fields = sorted({*changed} - {"sort_key"})
    publish(CampaignChanged(happened_at=at, campaign_id=campaign.pk, actor_id=actor, fields=fields))


def _write_down(
    campaign: Campaign,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> UUID:
    batch = batch or new_key()
    record_change(
        object_type="campaign",
        object_id=campaign.pk,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=at,
        batch=batch,
    )
    return batch


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(values)
    if "code" in cleaned:
        cleaned["code"] = _clean_code(cleaned["code"])
    if "channel" in cleaned:
        cleaned["channel"] = _known_channel(cleaned["channel"])
    if "name" in cleaned:
        cleaned["name"] = _clean_name(cleaned["name"])
        cleaned["sort_key"] = cleaned["name"].casefold()[:160]
    if "goal" in cleaned:
        cleaned["goal"] = clean_text(cleaned["goal"])
    return cleaned


def _clean_name(text: str) -> str:
    name = clean_line(text)[:160]
    if not name:
        raise NoName(_("Give the campaign a name."))
    return name


def _clean_code(text: str) -> str:
    code = slugify(text)[:120].strip("-_")
    if not code:
        raise BadCode(
            _("Write a code like audit-guide; “%(code)s” does not work.") % {"code": text}
        )
    return code


def _known_channel(channel: str) -> str:
    if channel not in set(Channel):
        raise UnknownChannel(_("There is no channel “%(channel)s”.") % {"channel": channel})
    return channel


def _check_period(campaign: Campaign) -> None:
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        raise BadPeriod(_("It ends before it starts. Mend one of the two days."))


def _save_once(campaign: Campaign) -> None:
    """Two may choose one code at once: the unique index decides. Codes that only differ in case or
    separators are one and the same to links."""
    alike = campaigns_of([campaign.code]).get(campaign.code, campaign.pk)
    if alike != campaign.pk:
        words = _("Another campaign has the code “%(code)s”.")
        raise CodeTaken(words % {"code": campaign.code})
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        words = _("Another campaign has the code “%(code)s”.")
        raise CodeTaken(words % {"code": campaign.code}) from error
