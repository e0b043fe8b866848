"""How the facts of campaigns and costs look on a timeline."""

from django.utils.translation import gettext as _

from baton.core.offers import TimelineEntry
from baton.marketing.campaigns import events, queries

ENTRIES = (
    TimelineEntry(
        fact=events.CampaignJoined,
        icon="campaign",
        hue="violet",
        title=lambda fact: _("In a campaign"),
        tell_many=queries.tell_joinings,
        tell_at_campaign=queries.tell_coming,
    ),
    TimelineEntry(
        fact=events.CampaignCreated,
        icon="campaign",
        hue="blue",
        title=lambda fact: _("Campaign added"),
    ),
    TimelineEntry(
        fact=events.CampaignChanged,
        icon="pen",
        title=lambda fact: queries.changed_words(fact.fields),
        tell_many=queries.tell_changes,
    ),
    TimelineEntry(
        fact=events.CampaignDeleted,
        icon="trash",
        title=lambda fact: _("Campaign moved to the trash"),
    ),
    TimelineEntry(
        fact=events.CampaignRestored,
        icon="undo",
        title=lambda fact: _("Campaign taken out of the trash"),
    ),
    TimelineEntry(
        fact=events.CostAdded,
        icon="money",
        hue="amber",
        title=lambda fact: _("Cost added"),
        tell_many=queries.tell_costs,
    ),
    TimelineEntry(
        fact=events.CostChanged,
        icon="money",
        hue="amber",
        title=lambda fact: (
            _("Cost: %(what)s") % {"what": queries.changed_words(fact.fields).lower()}
        ),
        tell_many=queries.tell_costs,
    ),
    TimelineEntry(
        fact=events.CostRemoved,
        icon="money",
        title=lambda fact: _("Cost removed"),
        tell_many=queries.tell_costs,
    ),
    TimelineEntry(
        fact=events.CostRestored,
        icon="money",
        title=lambda fact: _("Cost taken out of the trash"),
        tell_many=queries.tell_costs,
    ),
)
