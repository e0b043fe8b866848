from collections import defaultdict

from django.utils import timezone

from baton.core.facts import Fact, Origin, on_batch
from baton.records.duplicates import actions
from baton.records.duplicates.models import COMPANY, PERSON
from baton.records.people.events import (
    CompaniesMerged,
    CompaniesUnmerged,
    CompanyChanged,
    CompanyCreated,
    CompanyDeleted,
    CompanyRestored,
    PersonChanged,
    PersonCreated,
    PersonDeleted,
    PersonMerged,
    PersonRestored,
    PersonUnmerged,
)

PEOPLE = (
    PersonCreated, PersonChanged, PersonDeleted, PersonRestored, PersonMerged, PersonUnmerged,
)  # fmt: skip
COMPANIES = (
    CompanyCreated, CompanyChanged, CompanyDeleted, CompanyRestored, CompaniesMerged,
    CompaniesUnmerged,
)  # fmt: skip
# A year of the demo is looked at by night: a million people come with it at once.
TOLD = frozenset({Origin.LIVE, Origin.IMPORT})


@on_batch(*PEOPLE, *COMPANIES, origins=TOLD)
def look_again(facts: list[Fact]) -> None:
    """Whoever came or changed may be somebody we know."""
    waiting: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        kind = PERSON if isinstance(fact, PEOPLE) else COMPANY
        ids = {(fact.person_id if kind == PERSON else fact.company_id) or 0}
        if isinstance(fact, PersonMerged | PersonUnmerged | CompaniesMerged | CompaniesUnmerged):
            ids.add(fact.merged_id)
        if isinstance(fact, PersonUnmerged | CompaniesUnmerged):
            actions.open_again(object_type=kind, ids=[fact.merged_id])
        waiting[kind] |= ids - {0}
    for kind, ids in waiting.items():
        actions.look_again(object_type=kind, ids=ids, at=timezone.now())
