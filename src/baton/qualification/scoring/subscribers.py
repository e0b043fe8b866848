from uuid import UUID

from django.utils import timezone

from baton.core.facts import ACTS, Fact, FactsRetracted, Origin, on, on_batch, origin
from baton.qualification.scoring import actions, tasks
from baton.qualification.scoring.events import ScoreModelChanged, ScoreRuleChanged
from baton.qualification.scoring.queries.listening import records_moved_by
from baton.qualification.scoring.rules.models import About


@on_batch(Fact)
def score_facts(facts: list[Fact]) -> None:
    """All origins: an imported history has its score, too; only nobody acts on it."""
    actions.score_facts(facts=facts, at=timezone.now())


@on(FactsRetracted)
def take_back_points(fact: FactsRetracted) -> None:
    tasks.recompute_batch.enqueue(batch=str(fact.batch))


@on_batch(Fact)
def score_companies_and_deals(facts: list[Fact]) -> None:
    """Those that the facts tell about, as far as a model about them listens. That a score moved by
    an import came by it, and goes with it when that is undone."""
    crowds: dict[tuple[Origin, UUID | None], list[Fact]] = {}
    for fact in facts:
        crowds.setdefault((fact.origin, fact.batch), []).append(fact)
    for (came_by, batch), told in crowds.items():
        with origin(came_by, batch=batch):
            for kind, ids in records_moved_by(told):
                actions.score_records(kind=kind, ids=ids, at=timezone.now())


@on(ScoreRuleChanged, ScoreModelChanged, origins=ACTS)
def score_everybody_anew(fact: Fact) -> None:
    """The rules of the demo come before the people of its story."""
    about = getattr(fact, "about", About.PERSON)
    if about == About.PERSON:
        tasks.recompute_everybody.enqueue()
    else:
        tasks.recompute_records.enqueue(about=about)
