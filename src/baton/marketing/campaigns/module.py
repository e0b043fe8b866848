"""What campaigns plug into core: undo, the sidebar, how their facts look on a timeline."""

from django.utils.translation import gettext_lazy

from baton.core.access.slots import Guarded, guarded
from baton.core.changes.slots import tracked
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.editing.slots import bulk_acts
from baton.core.home.slots import home_blocks
from baton.core.offers import ArchivePart, archive_parts, filter_fields, timeline_entries
from baton.core.saved.slots import Charge, SavedList, charges, saved_lists
from baton.core.settings.queries import organisation
from baton.core.ui.slots import Group, NavigationItem, commands, finders, navigation
from baton.marketing.campaigns.actions import CAMPAIGN, COST, JOINED
from baton.marketing.campaigns.actions.carrying import CARRIER
from baton.marketing.campaigns.bulk import ACTS
from baton.marketing.campaigns.entries import ENTRIES
from baton.marketing.campaigns.finders import COMMANDS, FINDERS
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.offers import campaign_fields
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS, VIEW_CAMPAIGNS
from baton.marketing.campaigns.queries import campaign_names, campaigns_seen, find_campaign_subject
from baton.marketing.campaigns.views.home import BLOCKS
from baton.marketing.campaigns.views.listed_costs import COSTS
from baton.marketing.campaigns.views.lists import campaigns_listing
from baton.records.people.slots import campaign_namers, person_carriers
from baton.records.timeline.slots import SubjectKind, subjects

campaign_namers.add(campaign_names)
subjects.add(SubjectKind(name="campaign", find=find_campaign_subject))
guarded.add(Guarded(object_type="campaign", seen=campaigns_seen))
record_kinds.add(
    RecordKind(
        name="campaign",
        icon="campaign",
        view=VIEW_CAMPAIGNS,
        edit=EDIT_CAMPAIGNS,
        reached=Campaign.objects.visible_to,
        about=lambda campaign: {"campaign_id": campaign.pk},
        is_shared=False,
    )
)
tracked.add(CAMPAIGN)
tracked.add(COST)
tracked.add(JOINED)
for act in ACTS:
    bulk_acts.add(act)
for block in BLOCKS:
    home_blocks.add(block)
for field in campaign_fields():
    filter_fields.add(field)
for finder in FINDERS:
    finders.add(finder)
for command in COMMANDS:
    commands.add(command)
navigation.add(
    NavigationItem(
        group=Group.MARKETING,
        label=gettext_lazy("Campaigns"),
        url_name="campaigns:list",
        icon="campaign",
        permission=VIEW_CAMPAIGNS.name,
        position=10,
        key="g m",
    )
)
charges.add(Charge(on="campaigns", label=gettext_lazy("Campaigns"), order=60))
saved_lists.add(
    SavedList(
        name="campaigns",
        label=gettext_lazy("Campaigns"),
        url_name="campaigns:list",
        icon="campaign",
        permission=VIEW_CAMPAIGNS.name,
        listing=lambda: campaigns_listing(organisation().base_currency, may_edit=False),
        listing_for=lambda user: campaigns_listing(
            organisation().base_currency, may_edit=False, user=user
        ),
    )
)
saved_lists.add(
    SavedList(
        name=COSTS.name,
        label=gettext_lazy("Costs"),
        url_name="campaigns:costs",
        icon="money",
        permission=VIEW_CAMPAIGNS.name,
        listing=lambda: COSTS,
    )
)
for entry in ENTRIES:
    timeline_entries.add(entry)
person_carriers.add(CARRIER)
archive_parts.add(ArchivePart(app="campaigns"))
