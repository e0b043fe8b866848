from django.utils import timezone

from baton.core.facts import ACTS, Fact, FactsRetracted, on, on_batch
from baton.qualification.scoring import actions, tasks
from baton.qualification.scoring.events import ScoreRuleChanged


@on_batch(Fact)
def score_facts(facts: list[Fact]) -> None:
    """All origins: an imported history has its score, too; only nobody acts on it."""
    actions.score_facts(facts=facts, at=timezone.now())


@on(FactsRetracted)
def take_back_points(fact: FactsRetracted) -> None:
    tasks.recompute_batch.enqueue(batch=str(fact.batch))


@on(ScoreRuleChanged, origins=ACTS)
def score_everybody_anew(fact: ScoreRuleChanged) -> None:
    """The rules of the demo come before the people of its story."""
    tasks.recompute_everybody.enqueue()
