"""What people plug into core: how they are undone."""

from baton.core.changes.slots import tracked
from baton.records.people.actions import COMPANY, PERSON

tracked.add(PERSON)
tracked.add(COMPANY)
