"""What deals plug into the shell, the pages of people and companies, and the offers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core import offers
from baton.core.access.slots import Guarded, guarded
from baton.core.changes.slots import tracked
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.editing.filling import fillables
from baton.core.editing.slots import bulk_acts
from baton.core.fields.slots import Fielded, FieldUse, field_uses, fielded
from baton.core.home.slots import home_blocks
from baton.core.limits import built_ins
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts
from baton.core.saved.slots import Charge, SavedList, charges, data_checks, saved_lists
from baton.core.search.indexes import indexes
from baton.core.settings.slots import FirstStep, first_steps
from baton.core.ui.slots import Group, NavigationItem, commands, finders, navigation
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.slots import (
    ClockedKind,
    LaterLoss,
    LeadAction,
    answerers,
    clocked_deals,
    later_losses,
    lead_actions,
)
from baton.qualification.lifecycle.slots import company_stages
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.slots import (
    KnownOutcome,
    ScoredKind,
    known_outcomes,
    scored_kinds,
)
from baton.records.material.slots import deal_sides
from baton.records.people.actions import company_rows, person_rows
from baton.records.people.models import Company, Person
from baton.records.people.slots import (
    CompanyAction,
    CompanyPanel,
    PersonAction,
    PersonPanel,
    Place,
    company_actions,
    company_carriers,
    company_panels,
    person_actions,
    person_carriers,
    person_panels,
)
from baton.records.purchases.slots import OrderPanel, order_panels
from baton.records.timeline.slots import SubjectKind, subjects
from baton.sales.deals.actions import LINK, TRACKED, ensure_default_pipeline, show_deal_scores
from baton.sales.deals.bulk import ACTS
from baton.sales.deals.checks import CHECKS, TABLE
from baton.sales.deals.entries import deal_entries
from baton.sales.deals.finders import COMMANDS, FINDERS
from baton.sales.deals.limits import built_in_fields
from baton.sales.deals.models import Deal, DealPerson
from baton.sales.deals.notices import KINDS
from baton.sales.deals.offers import deal_fields, deal_triggers
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries import find_deal_subject, living_deals_seen
from baton.sales.deals.queries.clocks import clocked_stages, shown_deals, who_have_deals
from baton.sales.deals.queries.gates import gates_that_ask
from baton.sales.deals.queries.lost import loss_of, which_was_lost, why_lost
from baton.sales.deals.queries.material import DEAL_SIDE
from baton.sales.deals.queries.standing import stages_of_companies
from baton.sales.deals.queries.won import won_since, worth_won
from baton.sales.deals.rules import StageKind
from baton.sales.deals.searched import DEALS
from baton.sales.deals.views.columns import LISTING
from baton.sales.deals.views.filling import DEAL
from baton.sales.deals.views.home import BLOCKS
from baton.sales.deals.views.orders import order_panel
from baton.sales.deals.views.panels import company_panel, person_panel
from baton.sales.deals.words import reason_words


def _new_with_person(person: Person) -> str:
    return f"{reverse('deals:new')}?person={person.key}"


def _new_with_company(company: Company) -> str:
    return f"{reverse('deals:new')}?company={company.key}"


def _new_from_lead(handoff: Handoff) -> str:
    return _new_with_person(handoff.person)


def _first_pipeline(by_id: int, at: datetime) -> None:
    ensure_default_pipeline()


tracked.add(TRACKED)
for built_in in built_in_fields():
    built_ins.add(built_in)
fielded.add(Fielded(object_type="deal", model=Deal))
fillables.add(DEAL)
field_uses.add(FieldUse(name="gates", named=gates_that_ask))
tracked.add(LINK)
order_panels.add(OrderPanel(name="deal", render=order_panel))
indexes.add(DEALS)
deal_sides.add(DEAL_SIDE)
clocked_deals.add(ClockedKind(shown=shown_deals, stages=clocked_stages))
answerers.add(who_have_deals)
later_losses.add(
    LaterLoss(
        why=why_lost,
        deal=which_was_lost,
        words=lambda why: reason_words(why, state=StageKind.LOST),
        told=loss_of,
    )
)
subjects.add(SubjectKind(name="deal", find=find_deal_subject))
guarded.add(Guarded(object_type="deal", seen=living_deals_seen))
record_kinds.add(
    RecordKind(
        name="deal",
        icon="deal",
        view=VIEW_DEALS,
        edit=EDIT_DEALS,
        reached=lambda user, permission: Deal.objects.living().visible_to(user, permission),
        about=lambda deal: {
            "deal_id": deal.pk,
            "person_id": deal.person_id,
            "company_id": deal.company_id,
        },
    )
)
first_steps.add(FirstStep(name="pipeline", order=40, run=_first_pipeline))
for kind in KINDS:
    notice_kinds.add(kind)
for block in BLOCKS:
    home_blocks.add(block)
for finder in FINDERS:
    finders.add(finder)
for command in COMMANDS:
    commands.add(command)
for act in ACTS:
    bulk_acts.add(act)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Deals"),
        url_name="deals:deals",
        icon="deal",
        permission=VIEW_DEALS.name,
        position=30,
        key="g d",
        on_phone=True,
    )
)
charges.add(Charge(on=LISTING.name, label=_("Open deals"), asked=TABLE, order=20))
for check in CHECKS:
    data_checks.add(check)
saved_lists.add(
    SavedList(
        name=LISTING.name,
        label=_("Deals"),
        url_name="deals:deals",
        icon="deal",
        permission=VIEW_DEALS.name,
        listing=lambda: LISTING,
    )
)
person_panels.add(
    PersonPanel(
        name="deals",
        place=Place.RELATED,
        render=person_panel,
        order=20,
        permission=VIEW_DEALS.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="deals",
        place=Place.RELATED,
        render=company_panel,
        order=20,
        permission=VIEW_DEALS.name,
    )
)
person_actions.add(
    PersonAction(
        label=_("New deal"),
        icon="deal",
        url=_new_with_person,
        permission=EDIT_DEALS.name,
        order=40,
    )
)
company_actions.add(
    CompanyAction(
        label=_("New deal"),
        icon="deal",
        url=_new_with_company,
        permission=EDIT_DEALS.name,
        order=40,
    )
)
scored_kinds.add(
    ScoredKind(
        about=About.DEAL,
        label=_("Deals"),
        rows=Deal.objects.living,
        seen=living_deals_seen,
        show=show_deal_scores,
        list_url="deals:deals",
    )
)
known_outcomes.add(
    KnownOutcome(
        name="won",
        label=_("Won"),
        people=won_since,
        worth=worth_won,
        permission=VIEW_DEALS.name,
        order=30,
    )
)
lead_actions.add(
    LeadAction(
        label=_("Open a deal"),
        icon="deal",
        url=_new_from_lead,
        permission=EDIT_DEALS.name,
        order=20,
    )
)
for field in deal_fields():
    offers.filter_fields.add(field)
for trigger in deal_triggers():
    offers.triggers.add(trigger)
for entry in deal_entries():
    offers.timeline_entries.add(entry)
person_carriers.add(person_rows(Deal))
person_carriers.add(person_rows(DealPerson, once=("deal_id",)))
company_carriers.add(company_rows(Deal))
archive_parts.add(
    ArchivePart(
        app="deals",
        made_at_first=frozenset({"Pipeline", "Stage"}),
    )
)
company_stages.add(stages_of_companies)
