"""What the inbox tells: to who is to take somebody over, to who leads them when it is late."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import leaders_of
from baton.core.notices.rules import AT_ONCE
from baton.core.notices.slots import News, NoticeKind
from baton.sales.customers.events import (
    CheckinLate,
    CustomerFact,
    CustomerGiven,
    CustomerStarted,
    HandoverLate,
    HealthChanged,
    RenewalNear,
    SecondDue,
    SurveyAnswered,
)
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS, MANAGE_CUSTOMERS
from baton.sales.customers.rules import Level, Mood, SurveyKind, mood_of

Told = TypeVar("Told", bound=CustomerFact)


def seen(user: User, ids: Collection[int]) -> Collection[int]:
    rows = Customer.objects.visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def customers_by_id(facts: Sequence[CustomerFact]) -> dict[int, Customer]:
    """The living ones that these facts are about, with all that a notice says of them."""
    rows = Customer.objects.living().select_related("company", "person", "owner__team")
    return rows.in_bulk({fact.customer_id for fact in facts})


def news_of(customer: Customer, fact: CustomerFact, *, to: int) -> News:
    return News(
        user_id=to,
        cause=f"fact {fact.id}",
        what=str(customer),
        url=customer.get_absolute_url(),
        at=fact.happened_at,
        about_id=customer.pk,
    )


def each_living(facts: Sequence[Told]) -> Iterator[tuple[Customer, Told]]:
    """The facts about living customers, each with its own."""
    found = customers_by_id(facts)
    for fact in facts:
        if customer := found.get(fact.customer_id):
            yield customer, fact


def tell_given(facts: Sequence[CustomerStarted | CustomerGiven]) -> Iterable[News]:
    """To the owner, as long as they are theirs."""
    for customer, fact in each_living(facts):
        if customer.owner_id == fact.owner_id and _is_news(fact):
            yield news_of(customer, fact, to=fact.owner_id)


def _is_news(fact: CustomerStarted | CustomerGiven) -> bool:
    """Nobody is told what they did, or sold, themselves."""
    seller_id = fact.seller_id if isinstance(fact, CustomerStarted) else None
    return fact.owner_id not in {fact.actor_id, seller_id}


def tell_late(facts: Sequence[HandoverLate]) -> Iterable[News]:
    """To who leads the owner."""
    for customer, fact in each_living(facts):
        for leader in leaders_of(customer.owner) if customer.owner else ():
            yield news_of(customer, fact, to=leader)


def tell_owner(
    facts: Sequence[Told], *, when: Callable[[Customer, Told], bool] = lambda customer, fact: True
) -> Iterable[News]:
    """To the owner, of what holds still."""
    for customer, fact in each_living(facts):
        if customer.owner_id and when(customer, fact):
            yield news_of(customer, fact, to=customer.owner_id)


def _is_at_risk(customer: Customer, fact: HealthChanged) -> bool:
    return customer.health == fact.health == Level.RED


def _is_unhappy(customer: Customer, fact: SurveyAnswered) -> bool:
    return mood_of(SurveyKind(fact.kind), fact.score) is Mood.BAD


def _list() -> str:
    return reverse("customers:customers")


KINDS = (
    NoticeKind(
        name="customer.started",
        label=_("A customer is handed over to me"),
        title=_("Take over: %(what)s"),
        many=_("%(n)s customers are to be taken over"),
        icon="won",
        many_url=_list,
        fact=CustomerStarted,
        tell=tell_given,
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
        ways=AT_ONCE,
    ),
    NoticeKind(
        name="customer.given",
        label=_("Somebody makes a customer mine"),
        title=_("Your customer now: %(what)s"),
        many=_("%(n)s customers are yours now"),
        icon="won",
        many_url=_list,
        fact=CustomerGiven,
        tell=tell_given,
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
        ways=AT_ONCE,
    ),
    NoticeKind(
        name="customer.handover_late",
        label=_("A customer of my team is taken over or called too late"),
        title=_("Late with %(what)s"),
        many=_("%(n)s customers wait too long for your team"),
        icon="clock",
        many_url=_list,
        fact=HandoverLate,
        tell=tell_late,
        seen=seen,
        permission=MANAGE_CUSTOMERS.name,
    ),
    NoticeKind(
        name="customer.health_changed",
        label=_("A customer of mine is at risk"),
        title=_("At risk: %(what)s"),
        many=_("%(n)s of your customers are at risk"),
        icon="alert",
        many_url=lambda: f"{_list()}?view=risk",
        fact=HealthChanged,
        tell=partial(tell_owner, when=_is_at_risk),
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
    ),
    NoticeKind(
        name="customer.renewal_near",
        label=_("A contract of mine ends in 90, 60 or 30 days"),
        title=_("Contract ends soon: %(what)s"),
        many=_("%(n)s contracts of yours end soon"),
        icon="calendar",
        many_url=lambda: reverse("customers:renewals"),
        fact=RenewalNear,
        tell=tell_owner,
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
    ),
    NoticeKind(
        name="customer.second_due",
        label=_("It is time to sell to a customer of mine again"),
        title=_("Time to sell again: %(what)s"),
        many=_("%(n)s of your customers may buy again"),
        icon="deal",
        many_url=lambda: f"{_list()}?view=sell",
        fact=SecondDue,
        tell=tell_owner,
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
    ),
    NoticeKind(
        name="customer.checkin_late",
        label=_("A check-in of mine is overdue"),
        title=_("Time to speak with %(what)s"),
        many=_("%(n)s check-ins of yours are overdue"),
        icon="phone",
        many_url=lambda: f"{_list()}?view=checkin",
        fact=CheckinLate,
        tell=tell_owner,
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
    ),
    NoticeKind(
        name="survey.answered",
        label=_("A customer of mine answers that they are not content"),
        title=_("Not content: %(what)s"),
        many=_("%(n)s of your customers are not content"),
        icon="alert",
        many_url=lambda: reverse("customers:surveys"),
        fact=SurveyAnswered,
        tell=partial(tell_owner, when=_is_unhappy),
        seen=seen,
        permission=EDIT_CUSTOMERS.name,
        ways=AT_ONCE,
    ),
)
