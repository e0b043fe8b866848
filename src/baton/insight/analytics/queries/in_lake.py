"""The same statements on the lake: one text for three databases, so that there is one definition.

Moves come from the lake's files, people and deals are those that the reader may see. What the
statements read beyond that (a deal that is not seen still keeps its person from being lost) comes
under the names of the tables, with all their rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.insight.analytics.queries.running import FILES, Row
from baton.insight.lake.queries import Kind, Relation, Statement, read_together
from baton.marketing.campaigns.models import Campaign, Cost
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person
from baton.records.purchases.models import Order
from baton.sales.deals.models import Deal, DealLine, DealOrder, Stage, StageEntry

INTEGER, TEXT, MOMENT, DAY, YES_NO, NUMBER = Kind
CHANGES = """(
    SELECT person_id, to_stage, moved_at AS at, is_back, cause, owner_id FROM stage_changes
)"""


def _all(model: type[Any], **columns: Kind) -> Relation:
    rows: QuerySet[Any] = model._base_manager.order_by()
    return Relation(lambda _eyes: rows.all(), columns, days={}, paths={})


TABLES: Mapping[str, Relation] = {
    "people_person": _all(Person, campaign=TEXT),
    "campaigns_campaign": _all(Campaign, id=INTEGER, code=TEXT, channel=TEXT, deleted_at=MOMENT),
    "campaigns_cost": _all(
        Cost,
        campaign_id=INTEGER,
        base_amount=NUMBER,
        kind=TEXT,
        channel=TEXT,
        from_on=DAY,
        to_on=DAY,
        deleted_at=MOMENT,
    ),
    "handoff_handoff": _all(
        Handoff,
        person_id=INTEGER,
        rep_id=INTEGER,
        kind=TEXT,
        state=TEXT,
        verdict=TEXT,
        closed_at=MOMENT,
        answered_at=MOMENT,
    ),
    "deals_deal": _all(
        Deal,
        id=INTEGER,
        person_id=INTEGER,
        company_id=INTEGER,
        owner_id=INTEGER,
        state=TEXT,
        reason=TEXT,
        amount=NUMBER,
        base_amount=NUMBER,
        opened_at=MOMENT,
        closed_at=MOMENT,
        created_at=MOMENT,
        deleted_at=MOMENT,
    ),
    "deals_dealline": _all(
        DealLine, deal_id=INTEGER, product_id=INTEGER, quantity=NUMBER, price=NUMBER
    ),
    "deals_dealorder": _all(DealOrder, deal_id=INTEGER, order_id=INTEGER),
    "purchases_order": _all(
        Order,
        id=INTEGER,
        person_id=INTEGER,
        state=TEXT,
        net_amount=NUMBER,
        placed_at=MOMENT,
        deleted_at=MOMENT,
    ),
    "deals_stage": _all(Stage, id=INTEGER, kind=TEXT),
    "deals_stageentry": _all(StageEntry, deal_id=INTEGER, stage_id=INTEGER),
    "access_user": _all(User, id=INTEGER, manager_id=INTEGER, region=TEXT),
}


def run_in_lake(
    names: Sequence[str],
    *,
    values: Mapping[str, Any],
    parts: Mapping[str, str],
    user: User | None,
    beside: Mapping[str, Relation] | None = None,
) -> list[list[Row]]:
    """The rows of each ``name.sql``, of one moment; ``parts`` as the database's fragments, and who
    is visible; ``beside`` what these statements read of their own."""
    parts = {"changes": CHANGES, **parts}
    asked = [Statement(FILES / f"{name}.sql", values=values, parts=parts) for name in names]
    return read_together(asked, user=user, beside={**TABLES, **(beside or {})})
