"""What scoring plugs into core and people."""

from django.utils.translation import gettext_lazy as _

from baton.core.offers import TimelineEntry, timeline_entries
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.qualification.scoring import views
from baton.qualification.scoring.events import ScoreChanged
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.records.people.slots import PersonPanel, Place, person_panels

# The score moves often, and its panel tells why: on a timeline it would drown the rest.
timeline_entries.add(TimelineEntry(fact=ScoreChanged, is_hidden=True))
person_panels.add(
    PersonPanel(
        name="score",
        place=Place.PROPERTIES,
        render=views.person_panel,
        order=10,
        permission=VIEW_SCORES.name,
    )
)
navigation.add(
    NavigationItem(
        group=Group.HANDOFF,
        label=_("Score"),
        url_name="scoring:rules",
        icon="bolt",
        permission=MANAGE_SCORES.name,
        position=50,
    )
)
