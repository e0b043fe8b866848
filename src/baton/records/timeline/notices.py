"""What is told in the inbox: tasks that fall due or that a colleague gave, and mentions."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.colleagues.interests import followed_notice
from baton.core.notices.queries import told_so_far
from baton.core.notices.rules import AT_ONCE, HEARD
from baton.core.notices.slots import News, NoticeKind
from baton.records.people.models import Company, Person
from baton.records.timeline.events import NoteAdded, TaskAdded
from baton.records.timeline.models import Note, Task
from baton.records.timeline.permissions import EDIT_TASKS, VIEW_TIMELINE
from baton.records.timeline.queries.mentions import mentioned_in, record_seen

MOST, READ = 500, 5000  # told of in one minute; looked at for that
LONGEST = 250  # of what a notice names
YOUNG = timedelta(days=1)  # what fell due longer ago is no news


def _tasks() -> str:
    return reverse("timeline:tasks")


def _seen(user: User, ids: Collection[int]) -> Collection[int]:
    return set(Task.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def _said(task: Task, whom: str) -> str:
    """What is to be done, and about whom where that is not said already."""
    if whom.casefold() in task.title.casefold():
        return task.title
    return f"{task.title}, {whom}"[:LONGEST]


def _whom(tasks: Collection[Task]) -> dict[int, str]:
    """Whom each is about, as far as its owner sees them: two questions an owner."""
    found: dict[int, str] = {}
    for owner in {task.owner for task in tasks}:
        theirs = [task for task in tasks if task.owner == owner]
        people = _names(Person, {task.person_id for task in theirs}, owner)
        companies = _names(Company, {task.company_id for task in theirs}, owner)
        for task in theirs:
            found[task.pk] = people.get(task.person_id) or companies.get(task.company_id, "")
    return found


def _names(
    model: type[Person | Company], ids: Iterable[int | None], owner: User
) -> dict[int | None, str]:
    rows = model.objects.visible_to(owner).living().filter(pk__in=[one for one in ids if one])
    return {row.pk: str(row) for row in rows}


def _news(task: Task, *, cause: str, at: datetime, whom: str) -> News:
    return News(
        user_id=task.owner_id,
        cause=cause,
        what=_said(task, whom),
        url=_tasks(),
        at=at,
        about_id=task.pk,
    )


def tell_given(facts: Sequence[TaskAdded]) -> Iterable[News]:
    """To its owner, unless they wrote it down themselves."""
    ids = [fact.task_id for fact in facts]
    tasks = Task.objects.open().select_related("owner__team").in_bulk(ids)
    whom = _whom(tasks.values())
    for fact in facts:
        task = tasks.get(fact.task_id)
        if task and fact.actor_id and task.owner_id != fact.actor_id:
            about = whom.get(task.pk, "")
            yield _news(task, cause=f"fact {fact.id}", at=fact.happened_at, whom=about)


def due_news(*, at: datetime) -> Iterable[News]:
    """To the owners of tasks that have fallen due; once for each due time."""
    causes = dict(islice(_untold(at=at), MOST))
    if not causes:
        return
    rows = Task.objects.filter(pk__in=causes).select_related("owner__team")
    tasks = list(rows.order_by("due_at", "pk"))
    whom = _whom(tasks)
    for task in tasks:
        about = whom.get(task.pk, "")
        yield _news(task, cause=causes[task.pk], at=task.due_at or at, whom=about)


def _untold(*, at: datetime) -> Iterator[tuple[int, str]]:
    """The latest first, each with its cause: those that were told and are not done yet stand in
    nobody's way, and nothing more is asked about them."""
    due = Task.objects.open().filter(due_at__lte=at, due_at__gt=at - YOUNG)
    rows = due.order_by("-due_at", "-pk").values_list("pk", "owner_id", "due_at")[:READ]
    found = [(pk, owner_id, f"task {pk} {due_at:%Y%m%d%H%M}") for pk, owner_id, due_at in rows]
    owners, causes = {owner_id for _, owner_id, _ in found}, [cause for *_, cause in found]
    told = told_so_far(DUE.name, users=owners, causes=causes)
    return ((pk, cause) for pk, owner_id, cause in found if (owner_id, cause) not in told)


def _notes_seen(user: User, ids: Collection[int]) -> Collection[int]:
    return set(Note.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def tell_mentions(facts: Sequence[NoteAdded]) -> Iterable[News]:
    """To those whose name follows an @, as far as they see the record."""
    notes = Note.objects.filter(deleted_at=None, body__contains="@").select_related("by")
    for note in notes.in_bulk([fact.note_id for fact in facts]).values():
        for user in mentioned_in(note):
            record = record_seen(note, user=user)
            if record is not None:
                yield News(
                    user_id=user.pk,
                    cause=f"note {note.pk}",
                    what=_by_whom(record, note),
                    url=record.get_absolute_url(),
                    at=note.at,
                    about_id=note.pk,
                )


def _by_whom(record: Any, note: Note) -> str:
    if note.by is None:
        return str(record)
    return _("%(record)s, by %(who)s") % {"record": record, "who": note.by}


GIVEN = NoticeKind(
    name="task.given",
    label=_("Somebody gives me a task"),
    title=_("A task for you: %(what)s"),
    many=_("%(n)s tasks for you"),
    icon="tasks",
    many_url=_tasks,
    fact=TaskAdded,
    tell=tell_given,
    seen=_seen,
    permission=EDIT_TASKS.name,
    ways=HEARD,
)
DUE = NoticeKind(
    name="task.due",
    label=_("A task of mine falls due"),
    title=_("Due: %(what)s"),
    many=_("%(n)s tasks are due"),
    icon="clock",
    many_url=_tasks,
    seen=_seen,
    permission=EDIT_TASKS.name,
    ways=HEARD,
)
MENTIONED = NoticeKind(
    name="note.mention",
    label=_("A colleague mentions me in a note"),
    title=_("You are mentioned at %(what)s"),
    many=_("You are mentioned in %(n)s notes"),
    icon="note",
    many_url=lambda: reverse("notices:inbox"),
    fact=NoteAdded,
    tell=tell_mentions,
    seen=_notes_seen,
    permission=VIEW_TIMELINE.name,
    ways=AT_ONCE,
)
FOLLOWED = followed_notice(
    NoteAdded,
    label=_("A note on what I follow"),
    title=_("A note on %(what)s"),
    many=_("%(n)s notes on what you follow"),
    icon="note",
)
KINDS = (GIVEN, DUE, MENTIONED, FOLLOWED)
