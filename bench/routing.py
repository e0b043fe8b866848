"""One decision of routing among 200 reps and 500 rules: beside the same statements sent bare."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.core.management import call_command
from django.db import connection, transaction

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.settings.actions import set_up_organisation
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import PoolMember, RoutingRule
from baton.qualification.handoff.queries import Cases, Past, Roster, read_book
from baton.qualification.handoff.rules import route
from baton.records.people.actions import create_person
from baton.records.people.models import Person
from bench.figures import Figure, processor_seconds, took

AT = datetime(2025, 1, 6, 9, tzinfo=UTC)
REPS, RULES, POOLS = 200, 500, 20


def prepare() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    everyone, _queue = actions.ensure_pools(at=AT)
    pools = [actions.create_pool(name=f"Pool {n}", by=None, at=AT) for n in range(POOLS)]
    for n in range(REPS):
        mail = f"rep{n}@fenn.example"
        rep = create_user(name=f"Rep {n}", role=Role.REP, email=mail, password="of no matter")  # noqa: S106 -- invented
        for pool in (everyone, pools[n % POOLS]):
            PoolMember.objects.create(pool=pool, user=rep, weight=n % 3 + 1, open_cap=8)
    for n in range(RULES):
        # Only the last one fits: all others are asked in vain.
        country = "Chad" if n == RULES - 1 else f"Land {n}"
        asked = [
            {"field": "person.country", "op": "is", "value": country},
            {"field": "person.score", "op": "<", "value": 70},
        ]
        RoutingRule.objects.create(
            name=f"Rule {n}", condition={"all": asked}, pool=pools[n % POOLS], position=n
        )
    create_person(
        full_name="Clara", emails=["clara@x.example"], country="Chad", origin="marketing", at=AT
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def decision() -> Iterator[Figure]:
    """From reading who takes turns to whose it is, in the transaction that holds them."""
    what = f"routing decision, {REPS} reps, {RULES} rules: processor"
    with transaction.atomic():
        yield took(what, _decide, measure=processor_seconds, times=9)


def _decide() -> None:
    person = Person.objects.select_related("owner", "company__owner").get()
    roster = Roster(at=AT, is_held=True)
    cases = Cases([person], roster=roster, book=read_book())
    decided = route(cases.of(person, past=Past(), max_rounds=3))
    assert decided.rep


MEASURES = (decision,)
