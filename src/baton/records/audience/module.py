"""What audience plugs into core and people."""

from baton.core.changes.slots import tracked
from baton.records.audience.actions import PERSONA

tracked.add(PERSONA)
