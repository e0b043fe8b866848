from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.colleagues.interests import followed_notice
from baton.core.notices.slots import notice_kinds
from baton.core.offers import (
    ArchivePart,
    FieldKind,
    FilterField,
    Telling,
    TimelineEntry,
    archive_parts,
    filter_fields,
    timeline_entries,
)
from baton.core.ui.cells import CellEdits
from baton.core.words import label_of
from baton.qualification.lifecycle import views
from baton.qualification.lifecycle.actions.carrying import CARRIER
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.lifecycle.permissions import VIEW_STAGES
from baton.records.people.slots import (
    CompanyPanel,
    PersonPanel,
    Place,
    StageMoves,
    company_panels,
    person_carriers,
    person_panels,
    stage_moves,
)


def _title(fact: LifecycleChanged) -> str:
    """ "Became MQL", "Back to Lead"."""
    words = _("Back to %(stage)s") if fact.is_back else _("Became %(stage)s")
    return words % {"stage": label_of(fact.to_stage)}


def _tell_moves(facts: Sequence[LifecycleChanged]) -> dict[int, Telling]:
    """A move is left out where the timeline tells its cause: "Accepted" says what "SAL" would."""
    causes = {offer.fact.name for offer in timeline_entries if not offer.is_hidden}
    return {fact.id: Telling(is_gone=True) for fact in facts if fact.why in causes}


person_panels.add(
    PersonPanel(
        name="lifecycle",
        place=Place.STAGEBAR,
        render=views.stage_bar,
        order=10,
        permission=VIEW_STAGES.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="lifecycle",
        place=Place.PROPERTIES,
        render=views.company_panel,
        order=10,
        permission=VIEW_STAGES.name,
    )
)
timeline_entries.add(
    TimelineEntry(
        fact=LifecycleChanged,
        icon="loop",
        hue="violet",
        title=_title,
        detail=lambda fact: fact.reason,
        tell_many=_tell_moves,
        is_milestone=True,
    )
)
filter_fields.add(
    FilterField(
        object_type="person",
        name="stage_at",
        label=gettext_lazy("In this stage since"),
        kind=FieldKind.DATE,
        path="stage_at",
        changed_by=frozenset({"person.created", LifecycleChanged.name}),
    )
)
stage_moves.add(
    StageMoves(
        object_type="person",
        edits=CellEdits(url_name="lifecycle:move", among=views.movable_people),
    )
)
stage_moves.add(
    StageMoves(
        object_type="company",
        edits=CellEdits(url_name="lifecycle:move-company", among=views.movable_companies),
    )
)
person_carriers.add(CARRIER)
archive_parts.add(ArchivePart(app="lifecycle"))
notice_kinds.add(
    followed_notice(
        LifecycleChanged,
        label=_("A person whom I follow is in another stage"),
        title=_("%(what)s is in another stage"),
        many=_("%(n)s people whom you follow are in other stages"),
        icon="move",
    )
)
