"""What the timelines of people and of campaigns tell: one query for each kind of fact."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.changes.models import Change
from baton.core.offers import Telling
from baton.core.prepared import Prepared
from baton.core.ui.formats import money
from baton.marketing.campaigns.events import CampaignChanged, CampaignJoined, CostTold
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.rules import Status
from baton.marketing.campaigns.wording import COST_KINDS, STATUSES

FIELD_WORDS: Mapping[str, Promise] = {
    "name": gettext_lazy("name"),
    "code": gettext_lazy("code"),
    "channel": gettext_lazy("channel"),
    "starts_on": gettext_lazy("start"),
    "ends_on": gettext_lazy("end"),
    "owner": gettext_lazy("owner"),
    "brand": gettext_lazy("brand"),
    "goal": gettext_lazy("goal"),
    "kind": gettext_lazy("kind"),
    "amount": gettext_lazy("amount"),
    "currency": gettext_lazy("currency"),
    "from_on": gettext_lazy("start"),
    "to_on": gettext_lazy("end"),
    "note": gettext_lazy("note"),
}
DAYS = ("starts_on", "ends_on")

_CAMPAIGNS = Prepared(lambda ids: Campaign.objects.filter(pk__in=ids))
_COSTS = Prepared(lambda ids: Cost.objects.living().filter(pk__in=ids))
_CHANGES = Prepared(
    lambda ids, moments: Change.objects.filter(
        object_type="campaign", object_id__in=ids, at__in=moments
    ).order_by("pk")
)


def tell_joinings(facts: Sequence[CampaignJoined]) -> Mapping[int, Telling]:
    """Which campaign it was; a visit that reached somebody is told by the visit itself."""
    campaigns = _CAMPAIGNS.by_id(ids=[fact.campaign_id or 0 for fact in facts])
    return {fact.id: _telling(fact, campaigns.get(fact.campaign_id or 0)) for fact in facts}


def tell_coming(facts: Sequence[CampaignJoined]) -> Mapping[int, Telling]:
    """On the campaign's own page: how far somebody went; it leads to those who went as far."""
    campaigns = _CAMPAIGNS.by_id(ids=[fact.campaign_id or 0 for fact in facts])
    told = {}
    for fact in facts:
        campaign = campaigns.get(fact.campaign_id or 0)
        title = str(STATUSES.get(fact.status, fact.status))
        told[fact.id] = Telling(title=title, url=_members(campaign, fact.status))
    return told


def tell_changes(facts: Sequence[CampaignChanged]) -> Mapping[int, Telling]:
    """What was changed, and of the period from which day to which."""
    changes = _CHANGES.rows(
        ids={fact.campaign_id for fact in facts}, moments={fact.happened_at for fact in facts}
    )
    known = {(change.object_id, change.at): change for change in changes}
    return {
        fact.id: Telling(
            title=changed_words(fact.fields),
            detail=_period(known.get((fact.campaign_id or 0, fact.happened_at))),
        )
        for fact in facts
    }


def tell_costs(facts: Sequence[CostTold]) -> Mapping[int, Telling]:
    """What it was for, and how much; one that is still there can be opened."""
    living = _COSTS.by_id(ids={fact.cost_id for fact in facts})
    return {
        fact.id: Telling(
            detail=f"{COST_KINDS.get(fact.kind, fact.kind)}, {_amount(fact)}",
            url=living[fact.cost_id].get_absolute_url() if fact.cost_id in living else "",
        )
        for fact in facts
    }


def changed_words(fields: Sequence[str]) -> str:
    """ "Changed start, end"."""
    names = [str(FIELD_WORDS.get(name, name)) for name in fields]
    return _("Changed %(fields)s") % {"fields": ", ".join(dict.fromkeys(names))}


def _telling(fact: CampaignJoined, campaign: Campaign | None) -> Telling:
    if campaign is None or fact.status != Status.RESPONDED:
        return Telling(is_gone=True)
    words = _("Responded to “%(campaign)s”")
    return Telling(title=words % {"campaign": campaign}, url=campaign.get_absolute_url())


def _members(campaign: Campaign | None, status: str) -> str:
    if campaign is None or campaign.deleted_at:
        return ""
    url = reverse("campaigns:members", args=[campaign.key])
    return f"{url}?only=responded" if status == Status.RESPONDED else url


def _period(change: Change | None) -> str:
    if change is None:
        return ""
    return ", ".join(
        f"{_day(change.before.get(name))} → {_day(change.after.get(name))}"
        for name in DAYS
        if name in change.after
    )


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "j M Y") if text else _("open")


def _amount(fact: CostTold) -> str:
    return money(Decimal(fact.amount), fact.currency)
