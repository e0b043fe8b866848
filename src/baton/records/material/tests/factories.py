from datetime import UTC, datetime
from typing import Any

from baton.core.access.models import User
from baton.records.material.actions import create_material, send_material
from baton.records.material.models import Material, MaterialUse
from baton.records.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def some_material(title: str = "The audit file", **values: Any) -> Material:
    """For everybody, unless ``personas`` are named."""
    return create_material(values={"title": title, **values}, by=None, at=AT)


def sent(
    material: Material, person: Person, *, by: User, deal_id: int | None = None
) -> MaterialUse:
    use, _batch = send_material(
        material=material, person=person, deal_id=deal_id, by=by, at=AT, today=AT.date()
    )
    return use
