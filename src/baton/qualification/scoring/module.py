"""What scoring plugs into core and people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.notices.slots import notice_kinds
from baton.core.offers import (
    ArchivePart,
    FieldKind,
    FilterField,
    TimelineEntry,
    archive_parts,
    filter_fields,
    timeline_entries,
)
from baton.core.settings.slots import FirstStep, first_steps
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.qualification.scoring import actions, views
from baton.qualification.scoring.events import (
    RecordScored,
    ScoreChanged,
    ScoreModelChanged,
    ScoreRuleChanged,
)
from baton.qualification.scoring.notices import DRIFT
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries.matrix import standing_at, standing_choices
from baton.qualification.scoring.queries.records import companies_now
from baton.qualification.scoring.queries.tried import BECAME_SQL
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.slots import ScoredKind, known_outcomes, scored_kinds
from baton.records.people.actions import show_company_scores
from baton.records.people.models import Company
from baton.records.people.slots import (
    CompanyPanel,
    PersonCarrier,
    PersonPanel,
    Place,
    company_panels,
    person_carriers,
    person_panels,
)


def first_rules(by_id: int, at: datetime) -> None:
    """Rules to begin with; they are the company's own from then on."""
    actions.ensure_default_rules(at=at)


tracked.add(actions.SCORE_RULE)
tracked.add(actions.SCORE_MODEL)
notice_kinds.add(DRIFT)
first_steps.add(FirstStep(name="score rules", order=20, run=first_rules))
# The score moves often, and its panel tells why: on a timeline it would drown the rest.
timeline_entries.add(TimelineEntry(fact=ScoreChanged, is_hidden=True))
for kept_quiet in (ScoreRuleChanged, ScoreModelChanged, RecordScored):
    timeline_entries.add(TimelineEntry(fact=kept_quiet, is_hidden=True))
person_panels.add(
    PersonPanel(
        name="score",
        place=Place.PROPERTIES,
        render=views.person_panel,
        order=10,
        permission=VIEW_SCORES.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="score",
        place=Place.PROPERTIES,
        render=views.company_panel,
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
person_carriers.add(
    PersonCarrier(
        name="scoring.ScorePart",
        columns=(
            "scoring.ScorePart.person",
            "scoring.ScoreState.person",
            "scoring.Standing.person",
            "scoring.Foretold.person",  # told anew each night
            "scoring.TrialPerson.person",  # what was tried stays as it was
        ),
        settle=lambda ids, at: actions.recompute_people(person_ids=ids, at=at),
        order=60,
    )
)
scored_kinds.add(
    ScoredKind(
        about=About.COMPANY,
        label=_("Companies"),
        rows=Company.objects.living,
        seen=Company.objects.visible_to,
        show=show_company_scores,
        list_url="people:companies",
        born_as=companies_now,
    )
)
filter_fields.add(
    FilterField(
        object_type="person",
        name="standing",
        label=_("Grade of another model"),
        kind=FieldKind.SET,
        choices=standing_choices,
        having=standing_at,
        permission=VIEW_SCORES.name,
    )
)
known_outcomes.add(BECAME_SQL)
archive_parts.add(
    ArchivePart(
        app="scoring",
        left_out={
            "ScoreTrial": "what a draft would have done, and can be tried again",
            "TrialPerson": "of whom a trial says what",
        },
        made_at_first=frozenset({"ScoreModel", "ScoreRule"}),
    )
)
