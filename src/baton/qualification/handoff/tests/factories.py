"""Agreements, pools and handoffs for tests of this module and of those above it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import transaction

from baton.core.access.actions import create_user
from baton.core.access.models import Team, User
from baton.core.access.roles import Role
from baton.core.facts import publish
from baton.marketing.capture.events import FormSubmitted
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Agreement, Handoff, Pool
from baton.qualification.handoff.rules import Kind
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import log_activity
from baton.records.timeline.models import Activity

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, 10:00 in Berlin
EXECUTIVES = "Account executives"
_numbers = count(1)


def a_rep(name: str = "", *, team: Team | None = None, **over: Any) -> User:
    """Somebody who may answer leads, and can sign in to do so."""
    number = next(_numbers)
    login = {"email": f"rep{number}@fennmark.example", "password": "of no matter"} | over
    return create_user(name=name or f"Rep {number}", role=Role.REP, team=team, **login)


def an_agreement(values: Mapping[str, Any] | None = None) -> Agreement:
    """In force: threshold 70, an hour to accept, hand-raise by the form "request-demo"."""
    head = create_user(name=f"Head {next(_numbers)}", role=Role.OWNER)
    return actions.ensure_first_agreement(by=head, at=AT, values=values)


def an_executives_agreement(
    *executives: User, values: Mapping[str, Any] | None = None
) -> Agreement:
    """In force: an SDR's leads go to these by turns, who have four hours to answer."""
    ready = [pool for pool in Pool.objects.living() if pool.name == EXECUTIVES]
    pool = ready[0] if ready else actions.create_pool(name=EXECUTIVES, team=None, by=None, at=AT)
    for user in executives:
        actions.set_member(pool=pool, user=user, by=None, at=AT)
    head = create_user(name=f"Head {next(_numbers)}", role=Role.OWNER)
    draft = actions.amend_agreement(
        values={"pool_id": pool.pk} | dict(values or {}), by=head, at=AT, kind=Kind.EXECUTIVE
    )
    for side in draft.parties():
        draft = actions.sign_agreement(agreement=draft, side=side, by=head, at=AT)
    return draft


def a_default_pool(*reps: User, **over: Any) -> Pool:
    """Everybody's pool, with these in it; and the queue behind it."""
    pool, _queue = actions.ensure_pools(at=AT)
    for rep in reps:
        actions.set_member(pool=pool, user=rep, by=None, at=AT, **over)
    return pool


def a_form_sent(
    person: Person, *, code: str = "request-demo", at: datetime = AT, **over: Any
) -> FormSubmitted:
    """The fact that the person sent a form; "request-demo" raises a hand."""
    with transaction.atomic():
        return publish(
            FormSubmitted(
                happened_at=at,
                person_id=person.pk,
                submission_id=next(_numbers),
                form_code=code,
                form_name=f"Form {code}",
                **over,
            )
        )


def a_handoff(
    *, rep: User | None = None, person: Person | None = None, at: datetime = AT, **over: Any
) -> Handoff:
    """A raised hand, offered to ``rep`` (or by routing, without one)."""
    if not Agreement.objects.exists():
        an_agreement()
    person = person or a_person()
    made = actions.qualify_person(
        person_id=person.pk, form=a_form_sent(person, at=at, **over), at=at
    )
    assert made
    if rep and made.rep_id != rep.pk:
        made = actions.give_to(handoff=made, rep=rep, by=rep, at=at)
    return Handoff.objects.get(pk=made.pk)


def a_mail(
    person: Person, *, at: datetime = AT, outcome: str = "received", by: User | None = None
) -> Activity:
    """Logged: theirs by default, else what ``outcome`` says of a mail or a call."""
    kind = "call" if outcome in {"unanswered", "conversation"} else "mail"
    with transaction.atomic():
        return log_activity(person=person, kind=kind, outcome=outcome, by=by or person.owner, at=at)
