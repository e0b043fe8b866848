"""Move people from stage to stage, one or thousands, in whatever order the news arrives."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.bulk import insert_rows, one_of, row_maker, update_rows
from baton.core.facts import Origin, publish_many
from baton.qualification.lifecycle import rules
from baton.qualification.lifecycle.actions.moves import IMPORT, NewMove, Standing, by_time
from baton.qualification.lifecycle.actions.newcomers import begin_histories, came_alike
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Change, Stage, rank
from baton.records.people.actions import show_many
from baton.records.people.models import Person

CHUNK = 1_000  # people locked and read in one go
_new_row = row_maker(StageChange)


@dataclass(frozen=True)
class _News:
    """A row that is still to be written, and how it came."""

    row: StageChange
    person: Standing
    origin: Origin
    is_silent: bool = False  # they stand there already: kept, and not told


@dataclass
class _Story:
    """A locked person and their history: what is known, and what is new."""

    person: Standing
    known: list[StageChange] = field(default_factory=list)
    news: list[_News] = field(default_factory=list)

    def rows(self) -> list[StageChange]:
        """In the order of recording."""
        return [*self.known, *(news.row for news in self.news)]


def move_person(
    *,
    person_id: int,
    to_stage: str,
    at: datetime,
    cause: str,
    by: User | None = None,
    fact_id: int | None = None,
    owner_id: int | None = None,
    is_back: bool = False,
) -> bool:
    """Write down that a person reached a stage at ``at``; True when it was news and counted.

    ``cause`` is the name of the fact. Without ``is_back`` nobody goes back, with it nobody forward.
    A move that arrives late takes its place in the history and changes the stage shown only when
    no later one does. Safe to call twice.
    """
    move = NewMove(
        person_id=person_id,
        to_stage=to_stage,
        at=at,
        is_back=is_back,
        owner_id=owner_id,
        fact_id=fact_id,
    )
    return move_people(moves=[move], cause=cause, by=by) == 1


def move_people(*, moves: Iterable[NewMove], cause: str = IMPORT, by: User | None = None) -> int:
    """The same for many, set-based; says how many moves were news. Ids of nobody are left out."""
    return sum(move_each(moves=moves, cause=cause, by=by))


@transaction.atomic(savepoint=False)
def move_each(
    *, moves: Iterable[NewMove], cause: str = IMPORT, by: User | None = None
) -> list[bool]:
    """As move_people; says of each move, in order, whether it was news and was written."""
    moves = list(moves)
    by_person: dict[int, list[int]] = defaultdict(list)
    for place in sorted(range(len(moves)), key=[*map(by_time, moves)].__getitem__):
        by_person[moves[place].person_id].append(place)
    ids = sorted(by_person)
    is_alike = bool(moves) and came_alike(moves, cause=cause)
    news: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        stories = _stories(ids[start : start + CHUNK])
        fresh = [story for story in stories if is_alike and not story.known]
        news |= _begin(fresh, by_person, moves, cause=cause, by=by)
        others = [story for story in stories if story.known or not is_alike]
        for story in others:
            for place in by_person[story.person.pk]:
                if _take(story, moves[place], cause=cause, by=by):
                    news.add(place)
        _write(others)
    return [place in news for place in range(len(moves))]


def _begin(
    stories: Sequence[_Story],
    by_person: Mapping[int, Sequence[int]],
    moves: Sequence[NewMove],
    *,
    cause: str,
    by: User | None,
) -> set[int]:
    """Histories of those who have none; the places of the moves that were written."""
    places = [by_person[story.person.pk] for story in stories]
    newcomers = [
        (story.person, [moves[place] for place in some])
        for story, some in zip(stories, places, strict=True)
    ]
    told = begin_histories(newcomers, cause=cause, by_id=by.pk if by else None)
    return {some[n] for some, written in zip(places, told, strict=True) for n in written}


@transaction.atomic
def forget_moves(*, batches: Collection[UUID]) -> int:
    """Take back all moves of these batches; who was moved stands where they stood without."""
    rows = StageChange.objects.filter(batch__in=batches)
    ids = sorted(set(rows.values_list("person_id", flat=True)))
    count, _kinds = rows.delete()
    for start in range(0, len(ids), CHUNK):
        _write(_stories(ids[start : start + CHUNK]))
    return count


@transaction.atomic(savepoint=False)
def hang_anew(person_ids: Collection[int]) -> None:
    """Rows came to these people, or left: their histories are put in order, and what is shown."""
    ids = sorted(person_ids)
    for start in range(0, len(ids), CHUNK):
        _write(_stories(ids[start : start + CHUNK]))


def _stories(ids: Sequence[int]) -> list[_Story]:
    """Locked in the order of ids, so that two who move the same people cannot tie a knot."""
    if not ids:
        return []
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=one_of(ids)).order_by("pk")
    stories = {
        row[0]: _Story(person=Standing(*row)) for row in people.values_list(*Standing._fields)
    }
    for row in StageChange.objects.filter(person__in=one_of(ids)).order_by("pk"):
        stories[row.person_id].known.append(row)
    return list(stories.values())


def _take(story: _Story, move: NewMove, *, cause: str, by: User | None) -> bool:
    """Add the move, unless it is known or would not have counted at its time; was it added?"""
    target = Stage(move.to_stage)
    rows = story.rows()
    if (target, move.at, move.is_back) in {(row.to_stage, row.at, row.is_back) for row in rows}:
        return False
    change = Change(id=len(rows), to_stage=target, at=move.at, is_back=move.is_back)
    counts = rules.counts(_changes(rows), change)
    if not counts and not _is_first_purchase(move.cause or cause, rows):
        return False
    row = _new_row(
        to_stage=target.value,
        at=move.at,
        is_back=move.is_back,
        by_id=move.by_id or (by.pk if by else None),
        owner_id=move.owner_id or story.person.owner_id,
        cause=move.cause or cause,
        reason=move.reason,
        fact_id=move.fact_id,
        batch=move.batch,
        person_id=story.person.pk,
    )
    story.news.append(_News(row, story.person, move.origin, is_silent=not counts))
    return True


def _is_first_purchase(cause: str, rows: Sequence[StageChange]) -> bool:
    """Kept even of a customer: should their deal be lost after all, the purchase made them one."""
    return cause in rules.SELF_SERVE and all(row.cause not in rules.SELF_SERVE for row in rows)


def _changes(rows: Sequence[StageChange]) -> list[Change]:
    """As the rules see them; an id is the place in the order of recording."""
    return [
        Change(id=place, to_stage=row.to_stage, at=row.at, is_back=row.is_back)
        for place, row in enumerate(rows)
    ]


def _write(stories: Sequence[_Story]) -> None:
    """Hang the histories together anew, save what differs, tell the news, show where all stand."""
    moved: list[StageChange] = []
    shown: dict[int, Mapping[str, object]] = {}
    for story in stories:
        rows = story.rows()
        links = rules.chain(_changes(rows))
        for place, link in enumerate(links):
            if _hang(rows[link.change.id], place=place, link=link):
                moved.append(rows[link.change.id])
        values = _shown(links).items()
        if other := {name: one for name, one in values if getattr(story.person, name) != one}:
            shown[story.person.pk] = other
    known = {row.pk: vars(row) for row in moved if row.pk}
    update_rows(StageChange, known, fields=["place", "from_stage", "is_overtaken"])
    _insert([news for story in stories for news in story.news])
    show_many(shown)


def _hang(row: StageChange, *, place: int, link: rules.Link) -> bool:
    """Set the row's place in the chain; says whether it differs from before."""
    present = (row.place, row.from_stage, row.is_overtaken)
    row.place, row.from_stage, row.is_overtaken = place, str(link.from_stage), link.is_overtaken
    return present != (row.place, row.from_stage, row.is_overtaken)


def _shown(links: Sequence[rules.Link]) -> dict[str, object]:
    """Of nobody's history a person is a lead, as a new one is."""
    present = rules.standing(links)
    leads = [link.change.at for link in links if rank(link.change.to_stage) >= rank(Stage.LEAD)]
    return {
        "stage": present.to_stage if present else Stage.LEAD.value,
        "stage_at": present.at if present else None,
        "lead_at": min(leads, default=None),
    }


def _insert(all_news: Sequence[_News]) -> None:
    """The facts first: they know the batch, when all this is part of something to be undone."""
    worth_telling = [news for news in all_news if not (news.is_silent or _is_first_lead(news.row))]
    facts = publish_many(_told(news) for news in worth_telling)
    for news, fact in zip(worth_telling, facts, strict=True):
        news.row.batch = fact.batch
    insert_rows(StageChange, (news.row for news in all_news))


def _is_first_lead(row: StageChange) -> bool:
    """That somebody became known was told already: ``person.created`` makes the lead."""
    return not row.from_stage and row.to_stage == Stage.LEAD


def _told(news: _News) -> LifecycleChanged:
    row = news.row
    return LifecycleChanged(
        happened_at=row.at,
        person_id=row.person_id,
        company_id=news.person.company_id,
        actor_id=row.by_id,
        from_stage=row.from_stage,
        to_stage=row.to_stage,
        why=row.cause,
        is_back=row.is_back,
        reason=row.reason,
        origin=news.origin,
        batch=row.batch,
    )
