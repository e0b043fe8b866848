"""Open to higher modules."""

from datetime import UTC, datetime
from typing import Any

from baton.records.people.models import Company, Person
from baton.records.relations.actions import Ends, add_relation
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def a_relation(
    *,
    person: Person,
    kind: RelationKind,
    other: Person | None = None,
    company: Company | None = None,
    **values: Any,
) -> Relation:
    """As ``add_relation`` takes it."""
    ends = Ends(person=person, kind=kind, other=other, company=company)
    return add_relation(ends=ends, **{"by": None, "at": AT, **values})
