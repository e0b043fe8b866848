"""What the handoff plugs into core and people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.access.models import User
from baton.core.access.slots import ShareCause, share_causes
from baton.core.changes.slots import tracked
from baton.core.home.slots import home_blocks
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import Charge, SavedList, charges, saved_lists
from baton.core.settings.slots import FirstStep, first_steps
from baton.core.ui.slots import Group, NavigationItem, finders, navigation
from baton.marketing.campaigns.slots import CampaignCard, campaign_cards
from baton.marketing.capture.slots import FormCard, form_cards
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.carrying import CARRIER
from baton.qualification.handoff.actions.rounds import CAUSE
from baton.qualification.handoff.agreement_news import UNSIGNED
from baton.qualification.handoff.clock_news import CLOCK_KINDS
from baton.qualification.handoff.entries import ENTRIES, TRIGGERS
from baton.qualification.handoff.finders import FINDERS
from baton.qualification.handoff.ladder import WAITS
from baton.qualification.handoff.models import NamedAccount
from baton.qualification.handoff.notices import KINDS
from baton.qualification.handoff.offers import FIELDS, handoff_fields
from baton.qualification.handoff.opening import known_now
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import answered_since, threshold_in_force
from baton.qualification.handoff.queries.calibrating import people_untold
from baton.qualification.handoff.score_marks import marks_of
from baton.qualification.handoff.slots import LeadAction, lead_actions
from baton.qualification.handoff.undone_news import UNDONE
from baton.qualification.handoff.views.home import BLOCKS
from baton.qualification.handoff.views.listing import LEADS
from baton.qualification.handoff.views.panels import (
    form_card,
    hand_on_from_lead,
    hand_on_url,
    need_url,
    person_panel,
    waiting,
)
from baton.qualification.handoff.views.quality import campaign_quality
from baton.qualification.handoff.views.wasted import campaign_card
from baton.qualification.scoring.slots import (
    KnownOutcome,
    known_outcomes,
    score_marks,
    thresholds,
    untold_outcomes,
)
from baton.records.audience.slots import Tells, tells
from baton.records.people.actions import company_rows
from baton.records.people.slots import (
    PersonAction,
    PersonPanel,
    Place,
    company_carriers,
    person_actions,
    person_carriers,
    person_panels,
)


def first_agreement(by_id: int, at: datetime) -> None:
    """Version 1, signed by who set the company up, and a pool with them in it."""
    founder = User.objects.get(pk=by_id)
    actions.ensure_first_agreement(by=founder, at=at)
    actions.ensure_pools(at=at, founder=founder)


for entry in ENTRIES:
    offers.timeline_entries.add(entry)
for trigger in TRIGGERS:
    offers.triggers.add(trigger)
for field in (*FIELDS, *handoff_fields()):
    offers.filter_fields.add(field)
for kind in (*KINDS, WAITS, *CLOCK_KINDS, UNSIGNED, UNDONE):
    notice_kinds.add(kind)
share_causes.add(ShareCause(name=CAUSE, label=_("Asked to answer this lead")))
for block in BLOCKS:
    home_blocks.add(block)
for finder in FINDERS:
    finders.add(finder)
charges.add(Charge(on=LEADS.name, label=_("Leads still owed"), asked=(("view", "open"),), order=10))
saved_lists.add(
    SavedList(
        name=LEADS.name,
        label=_("All leads"),
        url_name="handoff:all",
        icon="leads",
        permission=VIEW_HANDOFFS.name,
        listing=lambda: LEADS,
    )
)
thresholds.add(threshold_in_force)
score_marks.add(marks_of)
untold_outcomes.add(people_untold)
known_outcomes.add(
    KnownOutcome(
        name="answered",
        label=_("Answered"),
        people=answered_since,
        permission=VIEW_HANDOFFS.name,
        order=10,
    )
)
tells.add(Tells(run=known_now))
tracked.add(actions.POOL)
for kept in (actions.ROUTING_RULE, actions.TERRITORY, actions.NAMED_ACCOUNT):
    tracked.add(kept)
tracked.add(actions.REST)
tracked.add(actions.ANSWER)
first_steps.add(FirstStep(name="agreement", order=30, run=first_agreement))
person_panels.add(
    PersonPanel(
        name="handoffs",
        place=Place.RELATED,
        render=person_panel,
        order=10,
        permission=VIEW_HANDOFFS.name,
    )
)
person_actions.add(
    PersonAction(
        label=_("Need confirmed"),
        icon="goal",
        url=need_url,
        permission=ANSWER_HANDOFFS.name,
        order=50,
    )
)
person_actions.add(
    PersonAction(
        label=_("Hand to an AE"),
        icon="handoff",
        url=hand_on_url,
        permission=ANSWER_HANDOFFS.name,
        order=55,
    )
)
campaign_cards.add(
    CampaignCard(name="quality", render=campaign_quality, permission=VIEW_HANDOFFS.name, order=5)
)
campaign_cards.add(
    CampaignCard(name="unanswered", render=campaign_card, permission=VIEW_HANDOFFS.name, order=10)
)
form_cards.add(FormCard(name="agreed", render=form_card, permission=VIEW_HANDOFFS.name))
lead_actions.add(
    LeadAction(
        label=_("Hand to an AE"),
        icon="handoff",
        url=hand_on_from_lead,
        permission=ANSWER_HANDOFFS.name,
        order=30,
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Leads to answer"),
        short=_("Leads"),
        url_name="handoff:desk",
        icon="leads",
        permission=VIEW_HANDOFFS.name,
        position=10,
        key="g l",
        count=waiting,
        on_phone=True,
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Lead quality"),
        url_name="handoff:quality",
        icon="verdict",
        permission=VIEW_HANDOFFS.name,
        position=20,
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Agreement"),
        url_name="handoff:agreement",
        icon="agreement",
        permission=VIEW_HANDOFFS.name,
        position=30,
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Routing"),
        url_name="handoff:routing",
        icon="team",
        permission="handoff.manage",
        position=40,
    )
)
person_carriers.add(CARRIER)
company_carriers.add(company_rows(NamedAccount, once=()))
archive_parts.add(
    ArchivePart(
        app="handoff",
        made_at_first=frozenset({"Agreement", "Pool", "PoolMember", "RoutingRule"}),
    )
)
