from baton.core.facts import FactsRetracted, caused_by, on_batch
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.actions import NewMove
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.events import PersonCreated


@on_batch(PersonCreated)
def make_leads(facts: list[PersonCreated]) -> None:
    """Whoever is known is a lead from that moment. Of all origins."""
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
        if fact.person_id
    ]
    if len(facts) == 1:
        with caused_by(facts[0]):
            actions.move_people(moves=moves, cause=PersonCreated.name)
    else:
        actions.move_people(moves=moves, cause=PersonCreated.name)


@on_batch(FactsRetracted)
def forget_retracted_moves(facts: list[FactsRetracted]) -> None:
    """An undone import takes its moves along."""
    actions.forget_moves(batches=[fact.batch for fact in facts if fact.batch])
