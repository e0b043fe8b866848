"""What is done to many campaigns at once, and people who are put into one."""

from collections.abc import Collection

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.editing.slots import BulkAct, Doing
from baton.core.errors import RuleViolation
from baton.core.prepared import Prepared
from baton.core.ui.formats import grouped
from baton.core.ui.widgets import KeptChoiceField
from baton.marketing.campaigns import actions
from baton.marketing.campaigns.forms import owner_field
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import DELETE_CAMPAIGNS, EDIT_CAMPAIGNS
from baton.records.people.models import Person


def _counted(count: int) -> str:
    return ngettext("%(n)d campaign", "%(n)d campaigns", count) % {"n": count}


def _people(count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": grouped(count)}


def _given(counted: str, owner: str) -> str:
    if not owner:
        return _("%(rows)s without an owner now.") % {"rows": counted}
    return _("%(rows)s given to %(owner)s.") % {"rows": counted, "owner": owner}


def _assign(ids: Collection[int], owner: User | None, doing: Doing) -> int:
    for campaign in Campaign.objects.filter(pk__in=ids).order_by("pk"):
        actions.edit_campaign(
            campaign=campaign, values={"owner": owner}, version=None, by=doing.by, at=doing.at,
            batch=doing.batch,
        )  # fmt: skip
    return len(ids)


def _delete(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    for campaign in Campaign.objects.filter(pk__in=ids).order_by("pk"):
        actions.trash_campaign(campaign=campaign, by=doing.by, at=doing.at, batch=doing.batch)
    return len(ids)


def _living() -> QuerySet[Campaign]:
    return Campaign.objects.living().order_by("sort_key", "pk")


_NAMED: Prepared[Campaign] = Prepared(lambda: _living().only("key", "name"))


def _campaigns(_user: User) -> forms.Field:
    return KeptChoiceField(among=_living, shown=_NAMED.rows, to_field_name="key", empty_label=None)


def _add(ids: Collection[int], campaign: Campaign, doing: Doing) -> int:
    try:
        return actions.add_people(
            campaign=campaign, people_ids=ids, by=doing.by, at=doing.at, batch=doing.batch
        )
    except RuleViolation:  # deleted meanwhile
        return 0


ACTS: tuple[BulkAct, ...] = (
    BulkAct(
        on="campaigns",
        name="owner",
        label=gettext_lazy("Assign owner"),
        icon="user",
        permission=EDIT_CAMPAIGNS,
        reach=lambda user: Campaign.objects.visible_to(user, EDIT_CAMPAIGNS),
        control=lambda user: owner_field(),
        act=_assign,
        counted=_counted,
        done=_given,
        order=10,
    ),
    BulkAct(
        on="campaigns",
        name="delete",
        label=gettext_lazy("Delete"),
        icon="trash",
        permission=DELETE_CAMPAIGNS,
        reach=lambda user: Campaign.objects.visible_to(user, DELETE_CAMPAIGNS),
        act=_delete,
        counted=_counted,
        done=lambda counted, _chosen: _("%(rows)s deleted.") % {"rows": counted},
        is_danger=True,
        order=900,
    ),
    BulkAct(
        on="people",
        name="campaign",
        label=gettext_lazy("Add to campaign"),
        icon="campaign",
        permission=EDIT_CAMPAIGNS,
        reach=lambda user: Person.objects.visible_to(user),
        control=_campaigns,
        act=_add,
        counted=_people,
        done=lambda counted, campaign: (
            _("%(rows)s added to “%(campaign)s”.") % {"rows": counted, "campaign": campaign}
        ),
        order=50,
    ),
)
