"""Ten thousand running clocks: a minute in which nothing is due, and one in which 500 end at once.

A minute is what the worker does in one for offers, first responses, answers, idle deals and next
steps.
"""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from django.core.management import call_command
from django.db import connection

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.addresses import read_routes
from baton.core.bulk import insert_rows, row_maker
from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.core.settings.actions import set_up_organisation
from baton.qualification.handoff import actions
from baton.qualification.handoff.clock_news import ring_clocks
from baton.qualification.handoff.ladder import WAITS, ladder_news
from baton.qualification.handoff.models import Agreement, Clock, Handoff
from baton.qualification.handoff.notices import SOON_LATE, soon_news, tell_late
from baton.qualification.handoff.rules import ClockKind, State
from baton.records.people.models import Person
from bench.figures import SECOND, Figure, recorded, seconds

AT = datetime(2025, 1, 6, 9, tzinfo=UTC)  # a Monday
LEADS, OTHERS, LATE, REPS = 4000, 6000, 500, 20
FAR, NEAR = AT + timedelta(days=20), AT + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    read_routes()  # as a worker has before it begins
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    head = create_user(name="Head", role=Role.OWNER)
    terms = {"reply_minutes": 120, "ladder": {"sales_manager": 60}}
    agreement = actions.ensure_first_agreement(by=head, at=AT, values=terms)
    reps = [_rep(number) for number in range(REPS)]
    person = row_maker(Person)
    people = insert_rows(
        Person, (person(full_name=f"P {n}", sort_key=f"p {n}") for n in range(LEADS))
    )
    insert_rows(Handoff, (_lead(one.pk, agreement, reps) for one in people))
    insert_rows(Clock, (_clock(n, people[n % LEADS].pk, agreement, reps) for n in range(OTHERS)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rep(number: int) -> User:
    mail = f"rep{number}@fenn.example"
    return create_user(name=f"Rep {number}", role=Role.REP, email=mail, password="of no matter")  # noqa: S106 -- invented


_new_lead, _new_clock = row_maker(Handoff), row_maker(Clock)


def _lead(pk: int, agreement: Agreement, reps: list[User]) -> Handoff:
    """Half are offered, half accepted; half of the late ones are among these."""
    is_offered, due = pk % 2 == 0, NEAR if pk <= LATE // 2 else FAR
    return _new_lead(
        person_id=pk,
        agreement_id=agreement.pk,
        lane="score",
        reason="Score",
        state=State.OFFERED.value if is_offered else State.ACCEPTED.value,
        rep_id=reps[pk % REPS].pk,
        made_at=AT - MINUTE,
        offered_at=AT - MINUTE,
        accept_due_at=due if is_offered else AT,
        escalates_at=FAR,
        respond_due_at=None if is_offered else due,
    )


def _clock(number: int, person_id: int, agreement: Agreement, reps: list[User]) -> Clock:
    due = NEAR if number < LATE // 2 else FAR
    is_reply = number < LEADS
    return _new_clock(
        kind=ClockKind.REPLY.value if is_reply else ClockKind.IDLE.value,
        person_id=person_id if is_reply else None,
        deal_id=None if is_reply else number,
        owner_id=reps[number % REPS].pk,
        agreement_id=agreement.pk,
        began_at=AT,
        since=AT,
        due_at=due,
        looks_at=due,
    )


def _minute(at: datetime) -> None:
    actions.escalate_overdue(at=at)
    actions.pass_on_departed(at=at)
    actions.pass_on_absent(at=at)
    notices.tell(SOON_LATE, soon_news(at=at))
    tell_late(at=at)
    notices.tell(WAITS, ladder_news(at=at))
    ring_clocks(at=at)


def quiet() -> Iterator[Figure]:
    """Nothing is due."""
    with recorded() as asked:
        _minute(AT + MINUTE)
    count = sum(sql.lstrip().startswith("SELECT") for sql, _params in asked)
    what = f"{LEADS + OTHERS:,} clocks run, a minute with nothing due ({count} look-ups)"
    work = partial(_minute, AT + MINUTE)
    yield Figure(what, statistics.median(seconds(work) for _ in range(5)) * SECOND, "ms")


def late() -> Iterator[Figure]:
    """So many end at once; once, for the next minute has nothing more to tell."""
    first = seconds(partial(_minute, NEAR + MINUTE))
    assert Notice.objects.filter(kind__in=["lead.late", "reply.late"]).exists()
    yield Figure(f"... in which {LATE} end at once", first * SECOND, "ms")
    again = seconds(partial(_minute, NEAR + 2 * MINUTE))
    yield Figure("... the minute after", again * SECOND, "ms")


MEASURES = (quiet, late)
