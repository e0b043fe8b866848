"""What people plug into core: how they are undone, what can be asked of them, where they stand."""

from django.utils.translation import gettext_lazy as _

from baton.core.addresses import address
from baton.core.changes.slots import tracked
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.editing.filling import fillables
from baton.core.editing.slots import bulk_acts
from baton.core.fields.slots import Fielded, fielded
from baton.core.limits import built_ins
from baton.core.notices.slots import notice_kinds
from baton.core.offers import ArchivePart, archive_parts, filter_fields, timeline_entries
from baton.core.saved.slots import Charge, SavedList, charges, data_checks, saved_lists
from baton.core.search.indexes import indexes
from baton.core.ui.slots import Group, NavigationItem, commands, finders, navigation
from baton.records.people.actions import (
    COMPANY,
    COMPANY_CARRIERS,
    MERGES,
    PERSON,
    PERSON_CARRIERS,
)
from baton.records.people.bulk import ACTS
from baton.records.people.checks import CHECKS
from baton.records.people.entries import ENTRIES
from baton.records.people.finders import COMMANDS, FINDERS
from baton.records.people.limits import built_in_fields
from baton.records.people.models import Company, Person
from baton.records.people.notices import FOLLOWED, GIVEN
from baton.records.people.offers import company_fields, person_fields
from baton.records.people.permissions import (
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    VIEW_COMPANIES,
    VIEW_PEOPLE,
)
from baton.records.people.searched import COMPANIES as COMPANY_WORDS
from baton.records.people.searched import PEOPLE as PEOPLE_WORDS
from baton.records.people.slots import company_carriers, person_carriers
from baton.records.people.views.filling import FILLABLES
from baton.records.people.views.listed_companies import COMPANIES
from baton.records.people.views.listed_people import PEOPLE

notice_kinds.add(GIVEN)
notice_kinds.add(FOLLOWED)
record_kinds.add(
    RecordKind(
        name="person",
        icon="user",
        view=VIEW_PEOPLE,
        edit=EDIT_PEOPLE,
        reached=Person.objects.visible_to,
        about=lambda person: {"person_id": person.pk, "company_id": person.company_id},
        history=lambda person: address("people:person-changes", person.key),
    )
)
record_kinds.add(
    RecordKind(
        name="company",
        icon="company",
        view=VIEW_COMPANIES,
        edit=EDIT_COMPANIES,
        reached=Company.objects.visible_to,
        about=lambda company: {"company_id": company.pk},
        history=lambda company: address("people:company-changes", company.key),
    )
)
indexes.add(PEOPLE_WORDS)
indexes.add(COMPANY_WORDS)
for fillable in FILLABLES:
    fillables.add(fillable)
tracked.add(PERSON)
fielded.add(Fielded(object_type="person", model=Person))
fielded.add(Fielded(object_type="company", model=Company))
tracked.add(COMPANY)
for built_in in built_in_fields():
    built_ins.add(built_in)
for merge in MERGES:
    tracked.add(merge)
for carrier in PERSON_CARRIERS:
    person_carriers.add(carrier)
for of_companies in COMPANY_CARRIERS:
    company_carriers.add(of_companies)
for field in (*person_fields(), *company_fields()):
    filter_fields.add(field)
for entry in ENTRIES:
    timeline_entries.add(entry)
for act in ACTS:
    bulk_acts.add(act)
for finder in FINDERS:
    finders.add(finder)
for command in COMMANDS:
    commands.add(command)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("People"),
        url_name="people:list",
        icon="people",
        permission=VIEW_PEOPLE.name,
        position=10,
        key="g p",
    )
)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Companies"),
        url_name="people:companies",
        icon="company",
        permission=VIEW_COMPANIES.name,
        position=20,
        key="g o",
    )
)
saved_lists.add(
    SavedList(
        name=PEOPLE.name,
        label=_("People"),
        url_name="people:list",
        icon="people",
        permission=VIEW_PEOPLE.name,
        listing=lambda: PEOPLE,
    )
)
saved_lists.add(
    SavedList(
        name=COMPANIES.name,
        label=_("Companies"),
        url_name="people:companies",
        icon="company",
        permission=VIEW_COMPANIES.name,
        listing=lambda: COMPANIES,
    )
)
charges.add(Charge(on=PEOPLE.name, label=_("People"), order=30))
charges.add(Charge(on=COMPANIES.name, label=_("Companies"), order=40))
for check in CHECKS:
    data_checks.add(check)
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Data quality"),
        url_name="saved:quality",
        icon="quality",
        permission=VIEW_PEOPLE.name,
        position=80,
        also=_("Missing owner, source, next step, stale, bounced, duplicates"),
    )
)
archive_parts.add(ArchivePart(app="people"))
