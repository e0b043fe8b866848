"""Who is content is asked for a review or a referral, once in some months, and answers."""

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
    record_each,
    restore_rows,
    save_edit,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.core.mail.actions import write_mail
from baton.core.worktime.rules import add_working_time
from baton.records.people.models import Person
from baton.records.timeline.actions import add_task, finish_task, trash_tasks
from baton.sales.customers.actions.holding import about, hold
from baton.sales.customers.actions.surveys import NoMail, NotTheirs
from baton.sales.customers.events import FavourAnswered, FavourAsked
from baton.sales.customers.models import Customer, Favour
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.queries import favour_terms, mail_to_ask, our_name, people_to_ask
from baton.sales.customers.queries.favours import asked_lately
from baton.sales.customers.rules import OPEN_FOR, FavourKind, FavourOutcome, fits

FAVOUR = "customer_favour"
TO_ASK = timedelta(hours=8)  # of work, until somebody wrote to them
TO_LOOK = timedelta(hours=40)  # of work, until somebody looks what came of a mail


class AskedLately(RuleViolation):
    """Nobody is asked for the same twice within some months."""


class NotNow(RuleViolation):
    """Who is gone, or has an open issue, is asked for nothing; a review needs its page."""


class AnsweredAlready(RuleViolation):
    """What came of it is known."""


@transaction.atomic
def ask_favour(
    *,
    customer_id: int,
    person: Person,
    kind: str,
    text: str,
    by: User,
    at: datetime,
    by_mail: bool = False,
) -> tuple[Favour, UUID]:
    """A task for the owner with the text to send, or a mail that goes and a task to look what came
    of it; the batch takes it back. Raises NotTheirs, NotNow, AskedLately, NoMail."""
    customer, wanted = hold(customer_id), FavourKind(kind)
    _refuse(customer, person, wanted, at=at)
    batch = new_key()
    favour = Favour.objects.create(
        customer=customer,
        person=person,
        kind=wanted.value,
        text=text.strip()[:4000],
        asked_at=at,
        asked_by=by,
        mailed_at=at if by_mail else None,
        task=_owe(customer, person, wanted, by=by, at=at, is_mailed=by_mail),
    )
    if by_mail:
        _mail(favour, at=at)
    record_each([favour.pk], object_type=FAVOUR, verb="created", by=by, at=at, batch=batch)
    publish(FavourAsked(happened_at=at, actor_id=by.pk, kind=favour.kind, **_about(favour)))
    return favour, batch


def _refuse(customer: Customer, person: Person, kind: FavourKind, *, at: datetime) -> None:
    agreed, who = favour_terms(), {"who": person}
    if not people_to_ask(customer).filter(pk=person.pk).exists():
        raise NotTheirs(_("%(who)s is not one of this customer's people.") % who)
    if customer.churned_on:
        raise NotNow(_("They are gone: nobody there is asked for anything."))
    if customer.issue_at:
        raise NotNow(_("An issue is open. Solve it first, then ask."))
    if kind is FavourKind.REVIEW and not agreed.review_url:
        raise NotNow(_("The agreement on customers does not say yet where they write a review."))
    if asked_lately(at=at, agreed=agreed).filter(person=person, kind=kind).exists():
        words = _("%(who)s was asked for this within the last %(n)s months.")
        raise AskedLately(words % {**who, "n": agreed.favour_months})


def _owe(
    customer: Customer, person: Person, kind: FavourKind, *, by: User, at: datetime, is_mailed: bool
) -> Any:
    owner = customer.owner or by
    if is_mailed:
        words = _("See what became of the question for a %(what)s: %(who)s")
    else:
        words = _("Ask for a %(what)s: %(who)s")
    what = {FavourKind.REVIEW: _("review"), FavourKind.REFERRAL: _("referral")}[kind]
    budget = TO_LOOK if is_mailed else TO_ASK
    return add_task(
        title=(words % {"what": what, "who": person})[:250],
        owner=owner,
        by=by,
        at=at,
        due_at=add_working_time(at, budget=budget, hours=hours_of(owner)),
        person=person,
        company=customer.company,
    )


def _mail(favour: Favour, *, at: datetime) -> None:
    to = mail_to_ask(favour.person)
    if not to:
        words = _("No mail goes to %(who)s: there is no address, no mail server, or they said no.")
        then = _("Leave the mail out, and write to them yourself.")
        raise NoMail(f"{words % {'who': favour.person}} {then}")
    write_mail(
        kind="favour",
        to=to,
        to_name=favour.person.full_name,
        subject=_("A favour for %(name)s") % {"name": our_name()},
        text=f"{favour.text}\n",
        once=f"favour {favour.key}",
        at=at,
        until=at + OPEN_FOR,
    )


@transaction.atomic
def close_favour(
    *,
    favour: Favour,
    outcome: str,
    by: User | None,
    at: datetime,
    referred: Person | None = None,
    batch: UUID | None = None,
) -> UUID:
    """What came of it; its task is done. The batch opens it again. Raises AnsweredAlready."""
    favour, batch = _held(favour.pk), batch or new_key()
    if favour.outcome or favour.deleted_at:
        raise AnsweredAlready(_("What came of it is written down already, or it was taken back."))
    if not fits(favour.kind, outcome):
        raise AnsweredAlready(_("That cannot come of this question."))
    values = {
        "outcome": FavourOutcome(outcome).value,
        "closed_at": at,
        "referred": referred,
    }
    save_edit(favour, object_type=FAVOUR, values=values, by=by, at=at, batch=batch)
    if favour.task and favour.task.deleted_at is None:
        finish_task(task=favour.task, by=by, at=at, batch=batch)
    actor = by.pk if by else None
    told = _about(favour) | {"kind": favour.kind, "outcome": favour.outcome}
    publish(FavourAnswered(happened_at=at, actor_id=actor, **told))
    return batch


@transaction.atomic
def take_back_favour(*, favour: Favour, by: User, at: datetime) -> UUID | None:
    """Nobody was asked after all: its task goes, too. None where the answer is known already."""
    favour = _held(favour.pk)
    gone = _put_away([favour.pk], by, at)
    if not gone:
        return None
    batch = record_each(gone, object_type=FAVOUR, verb="deleted", by=by, at=at)
    if favour.task_id:
        trash_tasks(task_ids=[favour.task_id], by=by, at=at, batch=batch)
    return batch


def _held(pk: int) -> Favour:
    rows = Favour.objects.select_for_update(of=("self",)).select_related("task", "customer")
    return rows.get(pk=pk)


def _about(favour: Favour) -> Any:
    return {**about(favour.customer), "person_id": favour.person_id}


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """What was answered stays."""
    return trash_rows(Favour.objects.filter(pk__in=ids, outcome=""), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return restore_rows(Favour.objects.filter(pk__in=ids))


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """What nobody knows has no moment, and names nobody: also whom a merge has put there since."""
    favour = Favour.objects.select_for_update(of=("self",)).get(pk=pk)
    known = live_values(Favour, values)
    if known.get("outcome") == "":
        known = {**known, "closed_at": None, "referred": None}
    apply_edit(favour, values=known)
    favour.save()


FAVOURS = Tracked(
    object_type=FAVOUR,
    label="Review or referral",
    read=partial(read_fields, Favour),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    # Who may work on the customer may ask, and take the question back.
    reach=lambda user, _verb: Favour.objects.reached_by(user, EDIT_CUSTOMERS),
    has_trash=False,
)
