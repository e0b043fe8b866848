"""What an endpoint is told, and what became of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet

from baton.core.access.models import Team, User
from baton.core.facts import Fact
from baton.core.facts.kinds import UnknownFact, kinds, readers
from baton.core.facts.models import FactRecord
from baton.core.files.models import File
from baton.core.sealed import unseal
from baton.insight.goals.models import Goal
from baton.insight.improvements.models import Improvement
from baton.insight.plans.models import Plan
from baton.insight.reviews.models import Review
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.capture.models import Submission, Visit
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.rules import State
from baton.qualification.handoff.models import Clock, Handoff
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.records.audience.models import Persona
from baton.records.discovery.models import Discovery
from baton.records.material.models import Material, MaterialUse
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, Subscription
from baton.records.timeline.models import Activity, Note, Task
from baton.sales.customers.models import Customer
from baton.sales.deals.models import Deal
from baton.sales.scheduling.models import Booking

ABOUT: Mapping[str, type[models.Model]] = {
    "person_id": Person,
    "company_id": Company,
    "deal_id": Deal,
    "campaign_id": Campaign,
    "actor_id": User,
}
# What ids in payloads name; of each a key is told, never the id.
NAMED: Mapping[str, type[models.Model]] = {
    "user_id": User,
    "former_company_id": Company,
    "owner_id": User,
    "former_owner_id": User,
    "rep_id": User,
    "handed_by_id": User,
    "team_id": Team,
    "persona_id": Persona,
    "order_id": Order,
    "subscription_id": Subscription,
    "note_id": Note,
    "discovery_id": Discovery,
    "material_id": Material,
    "material_use_id": MaterialUse,
    "activity_id": Activity,
    "task_id": Task,
    "cost_id": Cost,
    "file_id": File,
    "submission_id": Submission,
    "visit_id": Visit,
    "handoff_id": Handoff,
    "clock_id": Clock,
    "rule_id": ScoreRule,
    "model_id": ScoreModel,
    "goal_id": Goal,
    "review_id": Review,
    "improvement_id": Improvement,
    "plan_id": Plan,
    "booking_id": Booking,
    "customer_id": Customer,
    "seller_id": User,
}
MERGED = "merged_id"  # a person or a company, as the fact's name says
OTHER = "other_id"  # one more of what the fact is about
Ids = dict[type[models.Model], set[int]]


def fact_names() -> list[str]:
    """All that can be asked for."""
    return sorted(name for name, kind in kinds.items() if kind is not UnknownFact)


def bodies_of(facts: Iterable[Fact]) -> dict[int, tuple[str, str]]:
    """By the fact's id: its key, and what is sent; a fixed number of queries however many."""
    told = list(facts)
    records = FactRecord.objects.filter(pk__in=[fact.id for fact in told])
    keys = dict(records.values_list("pk", "key"))
    ids: Ids = defaultdict(set)
    for fact in told:
        for model, pk in _named(fact):
            ids[model].add(pk)
    known = {
        model: dict(model._base_manager.filter(pk__in=found).values_list("pk", "key"))
        for model, found in ids.items()
    }
    return {fact.id: (str(keys[fact.id]), _body(fact, known)) for fact in told if fact.id in keys}


def _named(fact: Fact) -> Iterable[tuple[type[models.Model], int]]:
    for name in (*ABOUT, *readers(type(fact))):
        model, value = _model(name, fact), getattr(fact, name)
        if model and value:
            yield model, value


def model_of(name: str, kind: type[Fact], *, is_person: bool = True) -> type[models.Model] | None:
    """What this id is one of, in a fact about a person or about a company; None for what is no id,
    or one of nothing we know."""
    if name == OTHER:
        return Person if is_person else Company
    if name == MERGED:
        return Person if kind.name.startswith("person.") else Company
    return ABOUT.get(name) or NAMED.get(name)


def _model(name: str, fact: Fact) -> type[models.Model] | None:
    return model_of(name, type(fact), is_person=fact.person_id is not None)


def _body(fact: Fact, known: Mapping[type[models.Model], Mapping[int, Any]]) -> str:
    def key(name: str, value: Any) -> str | None:
        model = _model(name, fact)
        found = known.get(model, {}).get(value) if model and value else None
        return str(found) if found else None

    about = {name.removesuffix("_id"): key(name, getattr(fact, name)) for name in ABOUT}
    data: dict[str, Any] = {}
    for name, value in fact.payload().items():
        if not name.endswith(("_id", "_ids")):
            data[name] = value
        elif _model(name, fact):
            data[name.removesuffix("_id")] = key(name, value)
    whole = {
        "type": fact.name,
        "version": fact.version,
        "timestamp": fact.happened_at.isoformat(),
        "about": about,
        "data": data,
    }
    return json.dumps(whole, ensure_ascii=False)


def endpoints() -> QuerySet[Endpoint]:
    """The living ones."""
    return Endpoint.objects.filter(deleted_at=None)


def with_counts(rows: QuerySet[Endpoint]) -> QuerySet[Any]:
    """How many wait, and how many were given up."""
    return rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=State.WAITING)),
        failed=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
    )


def secrets_of(endpoint: Endpoint, *, at: datetime) -> list[str]:
    """Those that are valid now, the newest first. Raises BrokenSeal."""
    found = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > at:
        found.append(endpoint.former_secret)
    return [unseal(one) for one in found]


def deliveries() -> QuerySet[Delivery]:
    """Of living endpoints."""
    return Delivery.objects.filter(endpoint__deleted_at=None).select_related("endpoint")
