from baton.core.facts import Fact, FactsRetracted, caused_by, on_batch
from baton.qualification.lifecycle import actions, queries
from baton.qualification.lifecycle.actions import NewMove
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.events import (
    CompaniesMerged,
    CompaniesUnmerged,
    CompanyChanged,
    PersonChanged,
    PersonCreated,
    PersonDeleted,
    PersonMerged,
    PersonRestored,
    PersonUnmerged,
)
from baton.records.people.queries import companies_of
from baton.records.purchases.events import (
    PurchaseMade,
    PurchaseTurned,
    SubscriptionDeleted,
    SubscriptionRestored,
    SubscriptionStarted,
)
from baton.records.purchases.queries import Bought


@on_batch(PersonCreated)
def make_leads(facts: list[PersonCreated]) -> None:
    """Whoever is known is a lead from that moment. Of all origins; an import says it itself, or
    that they are less: a subscriber, or one who will never buy."""
    told = {fact.person_id: fact.batch for fact in facts if fact.person_id and fact.batch}
    moved = queries.moved_by(set(told.values()), person_ids=told) if told else set()
    moves = [
        NewMove(
            person_id=fact.person_id,
            to_stage=Stage.LEAD,
            at=fact.happened_at,
            fact_id=fact.id,
            origin=fact.origin,
            batch=fact.batch,
        )
        for fact in facts
        if fact.person_id and fact.person_id not in moved
    ]
    if len(facts) == 1:
        with caused_by(facts[0]):
            actions.move_people(moves=moves, cause=PersonCreated.name)
    else:
        actions.move_people(moves=moves, cause=PersonCreated.name)


@on_batch(PurchaseMade, SubscriptionStarted)
def make_customers(facts: list[Fact]) -> None:
    """Who bought is a customer from that moment, with or without a rep. Of all origins."""
    moves = [
        actions.buyer_move(
            Bought(fact.happened_at, fact.name), person_id=fact.person_id, fact_id=fact.id
        )._replace(origin=fact.origin)
        for fact in facts
        if fact.person_id
    ]
    if len(facts) == 1:
        with caused_by(facts[0]):
            actions.make_customers(moves=moves)
    else:
        actions.make_customers(moves=moves)


@on_batch(PurchaseTurned, SubscriptionDeleted, SubscriptionRestored)
def recount_buyers(facts: list[Fact]) -> None:
    """What was bought is not any more, or is again."""
    ids = {fact.person_id for fact in facts if fact.person_id}
    if ids:
        actions.recount_buyers(person_ids=ids, at=max(fact.happened_at for fact in facts))


@on_batch(
    *(PersonCreated, PersonChanged, PersonDeleted, PersonRestored, PersonMerged, PersonUnmerged),
    *(LifecycleChanged, CompanyChanged, CompaniesMerged, CompaniesUnmerged),
)
def follow_people(facts: list[Fact]) -> None:
    """A company is as far as the furthest of its people: wherever one came, went or moved."""
    people = {fact.person_id for fact in facts if fact.person_id}
    people |= {fact.merged_id for fact in facts if isinstance(fact, PersonMerged | PersonUnmerged)}
    companies = {fact.company_id for fact in facts if fact.company_id and _is_about_stage(fact)}
    companies |= {
        fact.merged_id for fact in facts if isinstance(fact, CompaniesMerged | CompaniesUnmerged)
    }
    companies |= {fact.former_company_id for fact in facts if isinstance(fact, PersonChanged)}
    companies |= set(companies_of(people)) - {0}
    if companies:
        at = max(fact.happened_at for fact in facts)
        actions.derive_companies(company_ids=companies - {0}, at=at)


def _is_about_stage(fact: Fact) -> bool:
    return not isinstance(fact, CompanyChanged) or "stage_reason" in fact.fields


@on_batch(FactsRetracted)
def forget_retracted_moves(facts: list[FactsRetracted]) -> None:
    """An undone import takes its moves along; companies are as far as without those of a batch."""
    batches = [fact.batch for fact in facts if fact.batch]
    actions.forget_moves(batches=batches)
    if companies := queries.companies_moved_by(batches):
        actions.derive_companies(company_ids=companies, at=max(fact.happened_at for fact in facts))
