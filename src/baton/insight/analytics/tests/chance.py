"""A company made by chance, straight into the tables: whatever can stand in them, stands there."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from baton.core.access.models import User
from baton.core.keys import new_key
from baton.insight.analytics.tests.factories import a_deal_in, a_refusal, a_silence, a_stage
from baton.marketing.campaigns.models import Campaign, Cost
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT
from baton.records.purchases.models import Order, Product
from baton.sales.deals.models import Deal, DealLine, DealOrder, StageEntry

STAGES = (
    "subscriber",
    "lead",
    "mql",
    "sal",
    "sql",
    "opportunity",
    "customer",
    "evangelist",
    "other",
)
CAUSES = ("deal.won", "import", "by hand", "purchase.made", "handoff.accepted")
CHANNELS = ("", "search", "email", "paid_social")
CAMPAIGNS = ("", "spring-sale", "Spring_Sale", "autumn", "of-nobody")


class Chance:
    """Dice with a seed, so that a failure can be seen again."""

    def __init__(self, seed: int, users: list[User]) -> None:
        self.dice = Random(seed)
        self.owners: list[User | None] = [None, *users]

    def moment(self) -> datetime:
        """Within four months, often at the edge of a day."""
        day = AT.replace(hour=0) + timedelta(days=self.dice.randrange(120))
        return day + timedelta(minutes=self.dice.choice([0, 1, 61, 600, 1379, 1380, 1439]))

    def tell(self) -> None:
        people = self.people()
        self.moves(people)
        self.show(people)
        self.deals(people)
        for person in self.dice.sample(people, 12):
            reason = self.dice.choice(["no_fit", "bad_data"])
            a_refusal(person, reason=reason, rep=self.dice.choice(self.owners), at=self.moment())
        self.silences(people)
        self.costs()
        self.orders(people)

    def silences(self, people: list[Person]) -> None:
        """Dice of their own: what else is told stays as it was."""
        dice = Random("silences")
        for person in dice.sample(people, 9):
            a_silence(person, rep=dice.choice(self.owners))

    def people(self) -> list[Person]:
        choose = self.dice.choice
        return Person.objects.bulk_create(
            Person(
                full_name=f"Person {number}",
                origin=choose(["marketing", "marketing", "sales", "partner"]),
                channel=choose(CHANNELS),
                campaign=choose(CAMPAIGNS),
                landing_page=choose(["", "/p/a", "/p/b"]),
                persona=choose(["", "Buyer"]),
                owner=choose(self.owners),
                deleted_at=AT if self.dice.random() < 0.08 else None,
            )
            for number in range(60)
        )

    def moves(self, people: list[Person], **over: object) -> None:
        """Each stage in any order, also back, some at one moment."""
        StageChange.objects.bulk_create(
            (
                StageChange(
                    person=person,
                    to_stage=stage,
                    at=self.moment(),
                    is_back=self.dice.random() < 0.15,
                    cause=self.dice.choice(CAUSES),
                    owner=self.dice.choice(self.owners),
                    **over,
                )
                for person in people
                for stage in self.dice.sample(STAGES, self.dice.randrange(6))
            ),
        )

    def show(self, people: list[Person]) -> None:
        """As the module of stages does: a lead is who reached that stage or a later one."""
        for person in people:
            leads = StageChange.objects.filter(person=person).exclude(to_stage="subscriber")
            first = leads.order_by("at").values_list("at", flat=True).first()
            Person.objects.filter(pk=person.pk).update(lead_at=first)

    def undoable_moves(self, people: list[Person]) -> object:
        batch = new_key()
        self.moves(people, batch=batch)
        return batch

    def deals(self, people: list[Person]) -> None:
        products = [Product.objects.create(name=name, sort_key=name) for name in "ab"]
        for _ in range(40):
            kind = self.dice.choice(["open", "won", "won", "lost"])
            deal = a_deal_in(
                a_stage(kind),
                amount=self.dice.choice([None, 0, 700, 1234]),
                person=self.dice.choice([None, *people]),
                owner=self.dice.choice(self.owners),
                opened_at=self.dice.choice([None, self.moment()]),
                closed_at=None if kind == "open" else self.moment(),
                deleted_at=AT if self.dice.random() < 0.1 else None,
            )
            StageEntry.objects.create(deal=deal, stage=a_stage(self.dice.choice(["won", kind])))
            self.lines(deal, products)

    def orders(self, people: list[Person]) -> None:
        """Some cancelled, some gone, some of a deal, whatever became of that."""
        deals = list(Deal.objects.all())
        for number in range(40):
            worth = self.dice.choice([None, Decimal(90), Decimal("12.50")])
            order = Order.objects.create(
                person=self.dice.choice(people),
                number=str(number),
                amount=worth or 5,
                currency="EUR" if worth else "USD",
                base_amount=worth,
                net_amount=worth and self.dice.choice([worth, worth / 2, Decimal(0)]),
                state=self.dice.choice(["paid", "paid", "partly_refunded", "cancelled"]),
                placed_at=self.moment(),
                deleted_at=AT if self.dice.random() < 0.1 else None,
            )
            if self.dice.random() < 0.3:
                DealOrder.objects.create(deal=self.dice.choice(deals), order=order)

    def lines(self, deal: Deal, products: list[Product]) -> None:
        for product in self.dice.sample(products, self.dice.randrange(3)):
            quantity = self.dice.randrange(1, 4)
            price = self.dice.choice([None, Decimal(33), Decimal(250)])
            DealLine.objects.create(deal=deal, product=product, quantity=quantity, price=price)

    def costs(self) -> None:
        spring = Campaign.objects.create(
            code="spring-sale", name="Spring", sort_key="spring", channel="search"
        )
        for campaign in (spring, spring, None, None):
            day = self.moment().date()
            amount = self.dice.choice([None, Decimal(310), Decimal("99.99")])
            Cost.objects.create(
                campaign=campaign,
                kind="ads",
                channel="" if campaign else self.dice.choice(CHANNELS),
                amount=amount or 5,
                currency="EUR" if amount else "USD",
                base_amount=amount,
                from_on=day,
                to_on=day + timedelta(days=self.dice.randrange(40)),
            )
