"""What the rows of notes, activities and tasks add to their entries: one query for each kind."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.offers import Telling
from baton.core.prepared import Prepared
from baton.records.timeline.events import ActivityLogged, NoteAdded, TaskDone
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.rules import Direction, Kind, Outcome

GONE = Telling(is_gone=True)
HAPPENED: Mapping[tuple[str, str], Promise] = {
    (Kind.CALL, Outcome.UNANSWERED): gettext_lazy("Called, no answer"),
    (Kind.CALL, Outcome.VOICEMAIL): gettext_lazy("Called, left a message"),
    (Kind.CALL, Outcome.CONVERSATION): gettext_lazy("Talked on the phone"),
    (Kind.MEETING, Outcome.HELD): gettext_lazy("Met"),
    (Kind.MEETING, Outcome.NO_SHOW): gettext_lazy("Waited for a meeting, nobody came"),
    (Kind.MAIL, Outcome.SENT): gettext_lazy("Wrote a mail"),
    (Kind.MAIL, Outcome.RECEIVED): gettext_lazy("Got a mail"),
}
THEY_CALLED: Mapping[str, Promise] = {
    Outcome.UNANSWERED: gettext_lazy("Missed their call"),
    Outcome.VOICEMAIL: gettext_lazy("They called and left a message"),
    Outcome.CONVERSATION: gettext_lazy("They called, and we talked"),
}

_NOTES = Prepared(lambda ids: Note.objects.filter(deleted_at=None, pk__in=ids))
_ACTIVITIES = Prepared(lambda ids: Activity.objects.filter(deleted_at=None, pk__in=ids))
_TASKS = Prepared(lambda ids: Task.objects.filter(deleted_at=None, pk__in=ids))


def tell_notes(facts: Sequence[NoteAdded]) -> dict[int, Telling]:
    """The words of each note."""
    rows = _NOTES.by_id(ids=[fact.note_id for fact in facts])
    return {fact.id: note_told(rows.get(fact.note_id)) for fact in facts}


def tell_activities(facts: Sequence[ActivityLogged]) -> dict[int, Telling]:
    """What took place, how long, and what was said."""
    rows = _ACTIVITIES.by_id(ids=[fact.activity_id for fact in facts])
    return {fact.id: activity_told(rows.get(fact.activity_id)) for fact in facts}


def tell_tasks(facts: Sequence[TaskDone]) -> dict[int, Telling]:
    """What was done; a task that was opened again is not told."""
    rows = _TASKS.by_id(ids=[fact.task_id for fact in facts])
    return {fact.id: _task(rows.get(fact.task_id), fact=fact) for fact in facts}


def title_of(kind: str, *, outcome: str, direction: str, minutes: int | None) -> str:
    """ "Talked on the phone, 12 min"."""
    is_call_in = kind == Kind.CALL and direction == Direction.THEIRS
    found = THEY_CALLED.get(outcome) if is_call_in else HAPPENED.get((kind, outcome))
    words = str(found or f"{kind}: {outcome}")
    if not minutes:
        return words
    return _("%(happened)s, %(minutes)d min") % {"happened": words, "minutes": minutes}


def note_told(note: Note | None) -> Telling:
    """Its words."""
    if note is None:
        return GONE
    return Telling(
        quote=note.body,
        edit_url=reverse("timeline:edit-note", args=[note.key]),
        pin_url=reverse("timeline:pin-note", args=[note.key]),
        is_pinned=note.pinned_at is not None,
    )


def activity_told(activity: Activity | None) -> Telling:
    """What took place."""
    if activity is None:
        return GONE
    icon, hue = _look(activity)
    return Telling(
        icon=icon,
        hue=hue,
        title=title_of(
            activity.kind,
            outcome=activity.outcome,
            direction=activity.direction,
            minutes=activity.minutes,
        ),
        detail=activity.subject,
        quote=activity.body,
        edit_url=reverse("timeline:edit-activity", args=[activity.key]),
        pin_url=reverse("timeline:pin-activity", args=[activity.key]),
        is_pinned=activity.pinned_at is not None,
    )


def _look(activity: Activity) -> tuple[str, str]:
    """Icon and hue: theirs stand out, and so does what led nowhere."""
    if activity.outcome in {Outcome.UNANSWERED, Outcome.VOICEMAIL}:
        return "phone-missed", "gray"
    if activity.kind == Kind.CALL:
        return "call", "green"
    if activity.kind == Kind.MEETING:
        return "meeting", "gray" if activity.outcome == Outcome.NO_SHOW else "violet"
    return "mail", "teal" if activity.outcome == Outcome.RECEIVED else "blue"


def _task(task: Task | None, *, fact: TaskDone) -> Telling:
    if task is None or task.done_at != fact.happened_at:
        return GONE
    return Telling(title=_("Done: %(task)s") % {"task": task.title})
