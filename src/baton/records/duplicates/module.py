"""What duplicates plug into the shell and the pages of people and companies."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.addresses import address
from baton.core.changes.slots import tracked
from baton.core.editing.slots import bulk_acts
from baton.core.offers import ArchivePart, TimelineEntry, archive_parts, timeline_entries
from baton.core.saved.slots import DataCheck, data_checks
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.records.duplicates import views
from baton.records.duplicates.actions import PAIR
from baton.records.duplicates.bulk import ACTS
from baton.records.duplicates.events import PairDismissed
from baton.records.duplicates.permissions import MERGE
from baton.records.duplicates.queries import open_count
from baton.records.people.slots import (
    CompanyAction,
    CompanyPanel,
    PersonAction,
    PersonPanel,
    Place,
    company_actions,
    company_entry_hints,
    company_panels,
    person_actions,
    person_entry_hints,
    person_panels,
)

archive_parts.add(ArchivePart(app="duplicates"))
tracked.add(PAIR)
for act in ACTS:
    bulk_acts.add(act)
timeline_entries.add(TimelineEntry(fact=PairDismissed, is_hidden=True))
navigation.add(
    NavigationItem(
        group=Group.RELATIONS,
        label=_("Duplicates"),
        url_name="duplicates:queue",
        icon="merge",
        permission=MERGE.name,
        position=70,
        count=views.waiting,
    )
)
person_entry_hints.add(partial(reverse, "duplicates:like-person"))
company_entry_hints.add(partial(reverse, "duplicates:like-company"))
data_checks.add(
    DataCheck(
        name="duplicates",
        label=_("Pairs that look like one"),
        mend=_("Compare and merge them, or keep them apart."),
        count=open_count,
        url_name="duplicates:queue",
        permission=MERGE.name,
        order=30,
    )
)
person_panels.add(
    PersonPanel(
        name="duplicates",
        place=Place.RELATED,
        render=views.person_panel,
        order=1,
        permission=MERGE.name,
    )
)
company_panels.add(
    CompanyPanel(
        name="duplicates",
        place=Place.RELATED,
        render=views.company_panel,
        order=1,
        permission=MERGE.name,
    )
)
MERGING: dict[str, Any] = {
    "label": _("Merge with…"),
    "icon": "merge",
    "permission": MERGE.name,
    "is_seldom": True,
}
person_actions.add(
    PersonAction(url=lambda person: address("duplicates:person-with", person.key), **MERGING)
)
company_actions.add(
    CompanyAction(url=lambda company: address("duplicates:company-with", company.key), **MERGING)
)
