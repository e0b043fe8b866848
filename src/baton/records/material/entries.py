"""How material looks on a timeline."""

from baton.core.offers import TimelineEntry
from baton.records.material.events import MaterialSent
from baton.records.material.queries import tell_sent

ENTRIES = (TimelineEntry(fact=MaterialSent, icon="content", hue="violet", tell_many=tell_sent),)
