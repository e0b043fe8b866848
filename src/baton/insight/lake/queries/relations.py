"""The records beside the facts, as relations that hold what the reader may see and no more."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, QuerySet

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Scope
from baton.insight.lake.rules import Kind
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.marketing.capture.models import Visitor
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, OrderLine, Product, Subscription
from baton.sales.deals.models import Deal, DealLine, DealOrder, StageEntry

INTEGER, TEXT, MOMENT, DAY, YES_NO, NUMBER = Kind
EACH_OR_NONE = (VIEW_CAMPAIGNS, VIEW_PAGES)  # whose rows somebody sees all or none of


@dataclass(frozen=True)
class Eyes:
    """Whose eyes look; ``user`` None sees all that lives, as the command line does."""

    user: User | None
    permission: Permission

    @property
    def see_all(self) -> bool:
        """Whether no living record is hidden from them."""
        return self.user is None or self.user.scope(self.permission) is Scope.ALL

    def may(self, permission: Permission) -> bool:
        return self.user is None or self.user.may(permission)

    def people(self) -> QuerySet[Person]:
        living = Person.objects.living()
        return living if self.user is None else living.visible_to(self.user, self.permission)

    def companies(self) -> QuerySet[Company]:
        living = Company.objects.living()
        return living if self.user is None else living.visible_to(self.user, self.permission)

    def deals(self) -> QuerySet[Deal]:
        living = Deal.objects.living()
        return living if self.user is None else living.visible_to(self.user, self.permission)

    def orders(self) -> QuerySet[Order]:
        """Each says whether it is the same sale as a deal that is won."""
        living = Order.objects.living()
        seen = living if self.user is None else living.visible_to(self.user, self.permission)
        won = DealOrder.objects.filter(
            order=OuterRef("pk"), deal__state="won", deal__deleted_at=None
        )
        return seen.annotate(is_of_deal=Exists(won))

    def subscriptions(self) -> QuerySet[Subscription]:
        living = Subscription.objects.living()
        return living if self.user is None else living.visible_to(self.user, self.permission)

    def seen(self, rows: QuerySet[Any], permission: Permission) -> QuerySet[Any]:
        """Rows of a list that is the company's: all of them or none."""
        return rows.all() if self.may(permission) else rows.none()

    def of_people(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows about the people whom they see."""
        if self.see_all:
            return rows.filter(person__deleted_at=None)
        return rows.filter(person__in=self.people().values("pk"))


@dataclass(frozen=True)
class Relation:
    """``columns`` by their name in SQL; ``paths`` where a column has another one in the model."""

    rows: Callable[[Eyes], QuerySet[Any]]
    columns: Mapping[str, Kind]
    days: Mapping[str, str]  # on which day (in the organisation's zone) a moment lies
    paths: Mapping[str, str]

    def only(self, words: Collection[str] | None) -> "Relation":
        """With no more columns than these words name, and the id; None: with all of them."""
        if words is None:
            return self
        days = {day: moment for day, moment in self.days.items() if day in words}
        wanted = {*words, *days.values(), "id", next(iter(self.columns))}
        columns = {name: kind for name, kind in self.columns.items() if name in wanted}
        return replace(self, columns=columns, days=days)

    def asked(self, eyes: Eyes) -> QuerySet[Any]:
        """The rows, with a column of each name."""
        named = {name: F(path) for name, path in self.paths.items()}
        return cast(QuerySet[Any], self.rows(eyes).annotate(**named))


def relation(
    rows: Callable[[Eyes], QuerySet[Any]],
    *,
    days: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
    **columns: Kind,
) -> Relation:
    """Columns as names with their kinds."""
    return Relation(rows, columns, days or {}, paths or {})


RELATIONS: Mapping[str, Relation] = {
    "people": relation(
        lambda eyes: eyes.people(),
        days={"lead_on": "lead_at"},
        id=INTEGER,
        origin=TEXT,
        channel=TEXT,
        campaign=TEXT,
        landing_page=TEXT,
        said_source=TEXT,
        mql_channel=TEXT,
        mql_campaign=TEXT,
        persona=TEXT,
        stage=TEXT,
        country=TEXT,
        owner_id=INTEGER,
        company_id=INTEGER,
        score=INTEGER,
        grade=TEXT,
        lead_at=MOMENT,
        stage_at=MOMENT,
        created_at=MOMENT,
    ),
    "companies": relation(
        lambda eyes: eyes.companies(),
        id=INTEGER,
        name=TEXT,
        industry=TEXT,
        country=TEXT,
        region=TEXT,
        employee_count=INTEGER,
        owner_id=INTEGER,
    ),
    "deals": relation(
        lambda eyes: eyes.deals(),
        days={"opened_on": "opened_at", "closed_on": "closed_at", "created_on": "created_at"},
        paths={"stage_name": "stage__name", "pipeline_id": "stage__pipeline_id"},
        id=INTEGER,
        person_id=INTEGER,
        company_id=INTEGER,
        owner_id=INTEGER,
        qualifier_id=INTEGER,
        pipeline_id=INTEGER,
        stage_id=INTEGER,
        stage_name=TEXT,
        state=TEXT,
        amount=NUMBER,
        currency=TEXT,
        base_amount=NUMBER,
        reason=TEXT,
        opened_at=MOMENT,
        closed_at=MOMENT,
        created_at=MOMENT,
        close_on=DAY,
    ),
    "deal_lines": relation(
        lambda eyes: DealLine.objects.filter(deal__in=eyes.deals().values("pk")),
        deal_id=INTEGER,
        product_id=INTEGER,
        quantity=NUMBER,
        price=NUMBER,
    ),
    "stage_entries": relation(
        lambda eyes: StageEntry.objects.filter(deal__in=eyes.deals().values("pk")),
        paths={"kind": "stage__kind"},
        deal_id=INTEGER,
        stage_id=INTEGER,
        kind=TEXT,
        entered_at=MOMENT,
        left_at=MOMENT,
    ),
    "orders": relation(
        lambda eyes: eyes.orders(),
        days={"placed_on": "placed_at"},
        id=INTEGER,
        person_id=INTEGER,
        company_id=INTEGER,
        source=TEXT,
        state=TEXT,
        amount=NUMBER,
        currency=TEXT,
        base_amount=NUMBER,
        net_amount=NUMBER,
        placed_at=MOMENT,
        is_of_deal=YES_NO,
    ),
    "order_lines": relation(
        lambda eyes: OrderLine.objects.filter(order__in=eyes.orders().values("pk")),
        order_id=INTEGER,
        product_id=INTEGER,
        name=TEXT,
        quantity=NUMBER,
        price=NUMBER,
    ),
    "subscriptions": relation(
        lambda eyes: eyes.subscriptions(),
        days={"started_on": "started_at"},
        id=INTEGER,
        person_id=INTEGER,
        company_id=INTEGER,
        product_id=INTEGER,
        name=TEXT,
        interval=TEXT,
        amount=NUMBER,
        currency=TEXT,
        started_at=MOMENT,
        renewed_at=MOMENT,
        cancelled_at=MOMENT,
        ended_at=MOMENT,
    ),
    "products": relation(
        lambda eyes: Product.objects.all(), id=INTEGER, name=TEXT, family=TEXT, code=TEXT
    ),
    "handoffs": relation(
        lambda eyes: eyes.of_people(Handoff.objects.all()),
        days={"made_on": "made_at"},
        id=INTEGER,
        person_id=INTEGER,
        rep_id=INTEGER,
        lane=TEXT,
        state=TEXT,
        verdict=TEXT,
        channel=TEXT,
        campaign=TEXT,
        made_at=MOMENT,
        answered_at=MOMENT,
        responded_at=MOMENT,
        closed_at=MOMENT,
        is_late=YES_NO,
    ),
    "campaigns": relation(
        lambda eyes: eyes.seen(Campaign.objects.living(), VIEW_CAMPAIGNS),
        id=INTEGER,
        code=TEXT,
        name=TEXT,
        channel=TEXT,
        starts_on=DAY,
        ends_on=DAY,
    ),
    "campaign_members": relation(
        lambda eyes: eyes.seen(eyes.of_people(CampaignMember.objects.all()), VIEW_CAMPAIGNS),
        paths={"reached_at": "at"},
        campaign_id=INTEGER,
        person_id=INTEGER,
        status=TEXT,
        reached_at=MOMENT,
    ),
    "costs": relation(
        lambda eyes: eyes.seen(Cost.objects.living(), VIEW_CAMPAIGNS),
        id=INTEGER,
        campaign_id=INTEGER,
        kind=TEXT,
        channel=TEXT,
        amount=NUMBER,
        currency=TEXT,
        base_amount=NUMBER,
        from_on=DAY,
        to_on=DAY,
    ),
    "users": relation(
        lambda eyes: User.objects.all(),
        id=INTEGER,
        name=TEXT,
        role=TEXT,
        region=TEXT,
        team_id=INTEGER,
        manager_id=INTEGER,
    ),
    "visitors": relation(
        lambda eyes: eyes.seen(Visitor.objects.filter(person__isnull=False), VIEW_PAGES),
        id=INTEGER,
        person_id=INTEGER,
        known_at=MOMENT,
    ),
}
