"""Customers are asked how content they are, and answer by a link."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.mail.actions import write_mail
from baton.core.worktime.rules import add_working_time
from baton.records.people.models import Person
from baton.records.timeline.actions import add_task
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, hold
from baton.sales.customers.events import SurveyAnswered
from baton.sales.customers.models import Survey
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.queries.surveys import has_refused, mail_to_ask, our_name, people_to_ask
from baton.sales.customers.rules import (
    MOST_ANSWERS,
    OPEN_FOR,
    Mood,
    State,
    SurveyKind,
    mood_of,
    scores,
)
from baton.sales.customers.tokens import survey_link
from baton.sales.customers.words import question, score_words

SURVEY = "customer_survey"
ANSWERED_WITHIN = timedelta(hours=8)  # of work
TO_ANSWER = {State.OPEN, State.ANSWERED}


class NotTheirs(RuleViolation):
    """Only people of the customer are asked."""


class AskedAlready(RuleViolation):
    """One open question of a kind to one person."""


class NoMail(RuleViolation):
    """They have no address, or said no."""


class BadScore(RuleViolation):
    """Not on this scale."""


class NotOpen(RuleViolation):
    """Taken back, too old, or answered for good."""

    def __init__(self, state: State, words: str) -> None:
        super().__init__(words)
        self.state = state


@transaction.atomic
def ask_customer(
    *,
    customer_id: int,
    person: Person,
    kind: str,
    by: User | None,
    at: datetime,
    by_mail: bool = False,
) -> tuple[Survey, UUID]:
    """The question, and the batch that takes it back; without ``by_mail`` the link is handed over
    otherwise. Raises NotTheirs, AskedAlready, NoMail."""
    customer, asked = hold(customer_id), SurveyKind(kind)
    if not people_to_ask(customer).filter(pk=person.pk).exists():
        raise NotTheirs(_("%(who)s is not one of this customer's people.") % {"who": person})
    if Survey.objects.open(at).filter(customer=customer, person=person, kind=asked).exists():
        words = _("%(who)s was asked already. Send that link again, or take it back first.")
        raise AskedAlready(words % {"who": person})
    survey = Survey.objects.create(
        customer=customer,
        person=person,
        kind=asked.value,
        asked_at=at,
        asked_by=by,
        mailed_at=at if by_mail else None,
    )
    if by_mail:
        _mail(survey, at=at)
    batch = record_each([survey.pk], object_type=SURVEY, verb="created", by=by, at=at)
    return survey, batch


def _mail(survey: Survey, *, at: datetime) -> None:
    """A question is no errand of theirs: who said no to our mail gets none."""
    person = survey.person
    to = mail_to_ask(person)
    if not to:
        no = _("%(who)s said no to our mail.") if has_refused(person) else ""
        reason = no or _("No mail goes to %(who)s: there is no address, or no mail server.")
        then = _("Leave the mail out, and hand the link over yourself.")
        raise NoMail(f"{reason % {'who': person}} {then}")
    name = our_name()
    lines = [
        question(survey.kind, name),
        "",
        _("One click and, if you like, a sentence. Your answer goes to us alone:"),
        survey_link(survey),
    ]
    write_mail(
        kind="survey",
        to=to,
        to_name=person.full_name,
        subject=_("A question from %(name)s") % {"name": name},
        text="\n".join(lines) + "\n",
        once=f"survey {survey.key}",
        at=at,
        until=at + OPEN_FOR,
    )


@transaction.atomic
def answer_survey(*, survey_id: int, score: int, comment: str, at: datetime) -> tuple[Survey, bool]:
    """Said, or said anew; whether anything is new. Raises NotOpen, BadScore."""
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("customer__owner", "customer__company", "person")
        .get(pk=survey_id)
    )
    state = survey.state(at)
    if state not in TO_ANSWER:
        raise NotOpen(state, _("This question can no longer be answered."))
    kind, words = SurveyKind(survey.kind), comment.replace("\0", "").strip()[:2000]
    if score not in scores(kind):
        raise BadScore(_("Choose one of the numbers."))
    if (survey.score, survey.comment) == (score, words):
        return survey, False
    if survey.answers >= MOST_ANSWERS:
        raise NotOpen(State.CLOSED, _("This answer was changed too often."))
    _write(survey, score=score, comment=words, at=at)
    return survey, True


def _write(survey: Survey, *, score: int, comment: str, at: datetime) -> None:
    is_change = survey.answered_at is not None
    before = {"score": survey.score, "comment": survey.comment}
    values = {"score": score, "comment": comment, "answered_at": survey.answered_at or at}
    survey.answers += 1
    if mood_of(SurveyKind(survey.kind), score) is Mood.BAD and survey.task_id is None:
        _owe(survey, score=score, at=at)
    apply_edit(survey, values=values)
    survey.save(update_fields=[*values, "answers", "task", "version"])
    record_change(
        object_type=SURVEY,
        object_id=survey.pk,
        verb="edited",
        before=before,
        after={"score": score, "comment": comment},
        by=None,
        at=at,
    )
    told = about(survey.customer)
    told["person_id"] = survey.person_id
    publish(
        SurveyAnswered(
            happened_at=at,
            kind=survey.kind,
            score=score,
            comment=comment,
            is_change=is_change,
            **told,
        )
    )
    refresh([survey.customer_id], at=at)


def _owe(survey: Survey, *, score: int, at: datetime) -> None:
    """Who is not content is called by who looks after them, within a day of work."""
    owner = survey.customer.owner
    if owner is None:
        return
    words = {"who": survey.person, "answer": score_words(survey.kind, score)}
    survey.task = add_task(
        title=(_("Ask %(who)s what is wrong: %(answer)s") % words)[:250],
        owner=owner,
        by=None,
        at=at,
        due_at=add_working_time(at, budget=ANSWERED_WITHIN, hours=hours_of(owner)),
        person=survey.person,
        company=survey.customer.company,
    )


@transaction.atomic
def take_back_survey(*, survey: Survey, by: User | None, at: datetime) -> UUID | None:
    """The link answers no more; the batch brings it back. None where it was answered meanwhile."""
    gone = _put_away([survey.pk], by, at)
    if not gone:
        return None
    return record_each(gone, object_type=SURVEY, verb="deleted", by=by, at=at)


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """What somebody answered stays: it was said."""
    return trash_rows(Survey.objects.filter(pk__in=ids, answered_at=None), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return restore_rows(Survey.objects.filter(pk__in=ids))


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(survey, values=live_values(Survey, values))
    survey.save()


SURVEYS = Tracked(
    object_type=SURVEY,
    label="Survey",
    read=partial(read_fields, Survey),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    # Who may work on the customer may ask, and take the question back.
    reach=lambda user, _verb: Survey.objects.reached_by(user, EDIT_CUSTOMERS),
    has_trash=False,
)
