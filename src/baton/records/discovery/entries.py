"""How answers look on a timeline."""

from baton.core.offers import TimelineEntry
from baton.records.discovery.events import DiscoveryAnswered
from baton.records.discovery.queries import tell_answers

ENTRIES = (
    TimelineEntry(fact=DiscoveryAnswered, icon="quote", hue="green", tell_many=tell_answers),
)
