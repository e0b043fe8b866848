"""Which companies and deals a batch of facts may have moved."""

from collections.abc import Iterable, Iterator, Sequence

from baton.core.facts import Fact
from baton.core.prepared import Prepared
from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.queries.books import model_book
from baton.qualification.scoring.rules.models import State
from baton.qualification.scoring.slots import ScoredKind, scored_kinds
from baton.records.people.models import Person

PEOPLE_MOVE = frozenset(
    {"score.changed", "person.created", "person.changed", "person.deleted", "person.restored"}
)
OWN = "score.record_changed"
_ABOUT_RECORDS = Prepared(
    lambda kinds: ScoreModel.objects.filter(
        state=State.LIVE.value, is_main=True, about__in=kinds
    ).order_by("pk")
)


def records_moved_by(facts: Sequence[Fact]) -> Iterator[tuple[ScoredKind, set[int]]]:
    """By kind the ids that are to be scored again; kinds without a model listen to nothing."""
    for model in _ABOUT_RECORDS.rows(kinds=sorted(kind.about for kind in scored_kinds)):
        kind = scored_kinds.find(model.about)
        heard = _heard_by(model)
        ids = {getattr(fact, f"{model.about}_id") for fact in facts if fact.name in heard}
        if model.people_how:
            ids |= _companies_of(fact for fact in facts if fact.name in PEOPLE_MOVE)
        ids.discard(None)
        if kind and ids:
            yield kind, set(kind.born_as(ids).values())


def _companies_of(facts: Iterable[Fact]) -> set[int | None]:
    """Of people whom facts tell about that name no company."""
    people = {fact.person_id for fact in facts if fact.person_id and not fact.company_id}
    rows = Person.objects.filter(pk__in=people) if people else Person.objects.none()
    return set(rows.values_list("company_id", flat=True))


def _heard_by(model: ScoreModel) -> frozenset[str]:
    book = model_book(model)
    made = frozenset({f"{model.about}.created", f"{model.about}.changed"})
    moves = PEOPLE_MOVE if model.people_how else frozenset()
    conditions = (chosen.changed_by for chosen in book.fit.values())
    return made.union(book.engagement, moves, *conditions) - {OWN}
