from collections import defaultdict

from baton.core.facts import ACTS, Fact, on_batch
from baton.core.notices import actions
from baton.core.notices.slots import notice_kinds


@on_batch(Fact, origins=ACTS)
def tell_users(facts: list[Fact]) -> None:
    """Live ones only: what is imported, or told again, is no news."""
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_name[fact.name].append(fact)
    for kind in notice_kinds:
        if kind.fact and kind.tell and (same := by_name.get(kind.fact.name)):
            actions.tell(kind, kind.tell(same))
