from baton.core.facts import Fact, FactsRetracted, Touch, on_batch
from baton.records.timeline import actions


@on_batch(Fact)
def show_latest_touch(facts: list[Fact]) -> None:
    """Of all origins: an imported call is a touch, too."""
    touches = [fact for fact in facts if fact.touch is not Touch.NONE and fact.person_id]
    if touches:
        actions.show_latest_touch(facts=touches)


@on_batch(FactsRetracted)
def forget_retracted_touches(facts: list[FactsRetracted]) -> None:
    """What was taken back is nobody's latest touch."""
    actions.refresh_after_retraction(batches=[fact.batch for fact in facts if fact.batch])
