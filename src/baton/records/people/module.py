"""What people plug into core: how they are undone, what can be asked of them, where they stand."""


from baton.core.changes.slots import tracked
from baton.core.offers import filter_fields
from baton.records.people.actions import COMPANY, PERSON
from baton.records.people.offers import company_fields, person_fields

tracked.add(PERSON)
tracked.add(COMPANY)
for field in (*person_fields(), *company_fields()):
    filter_fields.add(field)
