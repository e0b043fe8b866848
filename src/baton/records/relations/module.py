"""What relations plug into core and into the pages of people and companies."""

from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.records.people.actions import company_rows, person_rows
from baton.records.people.slots import (
    CompanyPanel,
    PersonPanel,
    Place,
    company_carriers,
    company_panels,
    person_carriers,
    person_panels,
)
from baton.records.relations.actions import RELATION
from baton.records.relations.models import Relation
from baton.records.relations.views.panels import company_panel, person_panel

ONCE = ("kind", "since", "until", "is_past", "deleted_at")

tracked.add(RELATION)
person_carriers.add(person_rows(Relation, once=("other_id", "company_id", *ONCE)))
person_carriers.add(person_rows(Relation, "other", once=("person_id", *ONCE)))
company_carriers.add(company_rows(Relation, once=("person_id", *ONCE)))
person_panels.add(PersonPanel(name="relations", place=Place.RELATED, order=60, render=person_panel))
company_panels.add(
    CompanyPanel(name="relations", place=Place.RELATED, order=60, render=company_panel)
)
archive_parts.add(ArchivePart(app="relations"))
