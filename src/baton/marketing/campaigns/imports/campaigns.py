"""Campaigns, and what each cost in all, out of another system."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.actions import ensure_imported_users
from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.offers import (
    Conflict,
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    RowRefused,
    Verdict,
)
from baton.core.settings.queries import organisation_zone
from baton.marketing.campaigns.actions import (
    Spent,
    call_campaigns,
    create_campaign,
    edit_campaign,
    forget_campaigns,
    record_spending,
    spending_id,
)
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.queries import (
    campaigns_by_external_ids,
    campaigns_called,
    has_costs,
)
from baton.marketing.campaigns.rules import CostKind
from baton.marketing.capture.rules import Channel

SAID = ("name", "channel", "starts_on", "ends_on", "goal")


def upsert_campaigns(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source; where there is none yet, by code or name."""
    known = campaigns_by_external_ids(run.source, [row.key for row in rows])
    names = {row.values.get("code") or row.values["name"] for row in rows}
    alike = campaigns_called(names - {""}) if run.joins else {}
    owners = {row.values["owner"] for row in rows if row.values.get("owner")}
    users = (
        ensure_imported_users(source=run.source, names={key: key for key in owners})
        if owners
        else {}
    )
    verdicts = []
    for row in rows:
        values = {name: row.values[name] for name in SAID if row.values.get(name)}
        if row.values.get("owner"):
            values["owner"] = users[row.values["owner"]]
        called = row.values.get("code") or row.values["name"]
        try:
            verdicts.append(_write(row, values, known.get(row.key), alike.get(called), run))
        except RuleViolation as no:
            verdicts.append(RowRefused("name", str(no)).verdict())
        except RowRefused as no:
            verdicts.append(no.verdict())
    return verdicts


def _write(
    row: ImportRow,
    values: dict[str, Any],
    known: Campaign | None,
    alike: Campaign | None,
    run: ImportRun,
) -> Verdict:
    """Raises RowRefused and what campaigns refuse."""
    shared: dict[str, Any] = {"by": None, "at": run.at, "batch": run.batch}
    if known is not None and known.deleted_at:
        words = _("“%(name)s” is in the trash. Restore it first, or leave the row out.")
        raise RowRefused("", words % {"name": known.name[:60]})
    if known is None and alike is not None and not run.overwrites:
        values = {name: value for name, value in values.items() if not getattr(alike, name)}
    before = known or alike
    if before is None:
        made = {"channel": Channel.OTHER, **values}
        campaign = create_campaign(code=row.values.get("code") or "", **made, **shared)
        status = ImportStatus.CREATED
    else:
        campaign = edit_campaign(campaign=before, values=values, version=None, **shared)
        moved = campaign.version != before.version
        status = ImportStatus.UPDATED if moved else ImportStatus.UNCHANGED
    if known is None:
        call_campaigns(source=run.source, names={row.key: campaign})
    return _spend(row, campaign, status, run)


def _spend(row: ImportRow, campaign: Campaign, status: ImportStatus, run: ImportRun) -> Verdict:
    """What it cost in all, over its days: where nothing else is known of that."""
    cost = row.values.get("actual_cost")
    if not cost:
        return Verdict(status)
    key = f"{row.key} actual cost"
    if has_costs(campaign, but=spending_id(run.source, key)):
        words = _("the costs that are here")
        return Verdict(status, conflicts=(Conflict("actual_cost", words, f"{cost}"),))
    since, until = _days(campaign, run)
    spent = Spent(
        key=key,
        campaign=campaign,
        amount=cost,
        currency=check_currency(row.values.get("currency") or run.currency),
        from_on=since,
        to_on=until,
        kind=CostKind.OTHER,
        note=_("Actual cost in %(system)s") % {"system": run.source.capitalize()},
    )
    [(is_new, is_moved)] = record_spending(
        source=run.source, spent=[spent], at=run.at, batch=run.batch
    )
    is_more = status is ImportStatus.UNCHANGED and (is_new or is_moved)
    return Verdict(ImportStatus.UPDATED if is_more else status)


def _days(campaign: Campaign, run: ImportRun) -> tuple[date, date]:
    """Its period as far as that is known; of one without any the day of the import."""
    today = run.at.astimezone(organisation_zone()).date()
    since = campaign.starts_on or campaign.ends_on or today
    return since, max(campaign.ends_on or since, since)


def check_campaigns(run: ImportRun) -> Any:
    """What no campaign can be, told before the first row is written."""

    def check(rows: Sequence[ImportRow]) -> Mapping[int, Verdict]:
        found: dict[int, Verdict] = {}
        for place, row in enumerate(rows):
            since, until = row.values.get("starts_on"), row.values.get("ends_on")
            cost = row.values.get("actual_cost")
            if not row.values.get("name"):
                found[place] = RowRefused("name", _("Give the campaign a name.")).verdict()
            elif since and until and until < since:
                words = _("It ends before it starts. Mend one of the two days.")
                found[place] = RowRefused("ends_on", words).verdict()
            elif cost is not None and (cost < 0 or cost != round(cost, 2)):
                words = _("Write an amount from 0 on, with at most two decimals.")
                found[place] = RowRefused("actual_cost", words).verdict()
        return found

    return check


def campaign_ids(source: str, keys: Collection[str]) -> dict[str, int]:
    """The ids of campaigns by that system's keys."""
    return {key: one.pk for key, one in campaigns_by_external_ids(source, keys).items()}


CAMPAIGNS = ImportTarget(
    object_type="campaign",
    label=gettext_lazy("Campaigns"),
    order=27,
    fields=(
        ImportField(name="name", label=gettext_lazy("Name"), is_required=True, longest=160),
        ImportField(name="code", label=gettext_lazy("Code"), longest=120),
        ImportField(name="channel", label=gettext_lazy("Channel"), choices=tuple(Channel)),
        ImportField(name="starts_on", label=gettext_lazy("Starts"), kind=ImportKind.DAY),
        ImportField(name="ends_on", label=gettext_lazy("Ends"), kind=ImportKind.DAY),
        ImportField(name="goal", label=gettext_lazy("Goal")),
        ImportField(name="actual_cost", label=gettext_lazy("Actual cost"), kind=ImportKind.NUMBER),
        ImportField(name="currency", label=gettext_lazy("Currency"), longest=3),
        ImportField(name="owner", label=gettext_lazy("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_campaigns,
    check=check_campaigns,
    known=campaign_ids,
    ids=campaign_ids,
    forget=lambda source, keys: forget_campaigns(source=source, names=keys),
    longest_key=140,
)
