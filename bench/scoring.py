"""Points: facts folded into scores as they come, and a draft tried on the whole log.

``BENCH_FACTS`` says how long the log is (200,000); what a replay takes grows in proportion to it,
so the figure is told for a million.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import connection

from baton.core.bulk import bites, insert_rows, row_maker, seldom_tidied
from baton.core.facts import Origin, Touch
from baton.core.facts.models import Cursor, FactRecord
from baton.core.settings.actions import set_up_organisation
from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScoreModel, TrialPerson
from baton.records.people.models import Person
from bench.figures import Figure, plain_cursor, put_back, rows_in, seconds

COUNT = int(os.environ.get("BENCH_FACTS", "200000"))
FACTS_EACH = 20  # of a person
SCORED, BATCH = 100_000, 500
MILLION = 1_000_000
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
FORM, VISIT = "form.submitted", "visit.made"
READ = """
    SELECT person_id, name, version, happened_at, payload FROM core_factrecord
    WHERE name IN ('form.submitted', 'visit.made') ORDER BY person_id, happened_at
"""


def prepare() -> None:
    """People, each with visits and forms in the year before AT; a dozen rules, and a draft."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    people = _people(max(1, COUNT // FACTS_EACH))
    for numbers in bites(range(COUNT), size=20_000):
        insert_rows(FactRecord, (_fact(n, people[n * 7919 % len(people)]) for n in numbers))
    Cursor.objects.update_or_create(name=Cursor.LINE, defaults={"position": COUNT})
    _rules()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people(count: int) -> list[int]:
    new = row_maker(Person)
    rows = (
        new(
            full_name=f"Person {n}",
            sort_key=f"person {n}",
            origin="marketing",
            stage="lead",
            job_title="Head of plants" if n % 3 else "Student",
        )
        for n in range(count)
    )
    return [person.pk for person in insert_rows(Person, rows)]


_new_fact = row_maker(FactRecord)


def _fact(n: int, person_id: int) -> FactRecord:
    is_form = n % 5 == 0
    payload = (
        {"submission_id": n, "form_code": "demo" if n % 10 else "guide", "form_name": "A form"}
        if is_form
        else {"visit_id": n, "channel": "search", "pages": ["Home", "Pricing"][: n % 2 + 1]}
    )
    return _new_fact(
        name=FORM if is_form else VISIT,
        position=n + 1,
        happened_at=AT - timedelta(minutes=n * 525_600 // COUNT),
        person_id=person_id,
        side="marketing",
        touch=Touch.THEIRS.value,
        origin=Origin.LIVE.value,
        payload=payload,
    )


def _rules() -> None:
    actions.ensure_default_rules(at=AT)
    for number in range(4):
        rule = {
            "name": f"Form {number}",
            "kind": "engagement",
            "points": 5 + number,
            "fact": FORM,
            "match": {"form_code": "demo" if number % 2 else "guide"},
            **({"half_life_days": 20} if number < 2 else {"expires_days": 45, "cap": 40}),
        }
        actions.create_score_rule(values=rule, by=None, at=AT)


def scored() -> Iterator[Figure]:
    """Each fact once, in batches as the delivery hands them over, in a process like a worker's."""
    rows = FactRecord.objects.filter(name__in=[FORM, VISIT]).order_by("position")[:SCORED]
    batches = list(bites((row.as_fact() for row in rows), size=BATCH))
    with seldom_tidied():
        taken = seconds(lambda: [actions.score_facts(facts=some, at=AT) for some in batches])
    written = rows_in("scoring_scorepart", "scoring_scorestate")
    count = sum(map(len, batches))
    what = f"{count:,} facts scored, in batches of {BATCH}"
    yield Figure(what, taken, "s", put_back(written))


def replay() -> Iterator[Figure]:
    """Beside it: the same facts read in order, and the rows of the trial written, by themselves."""
    model = ScoreModel.objects.get(state="live")
    draft = actions.draft_of(model, by=None, at=AT)
    trial = actions.ask_for_trial(model=draft, days=90, threshold=50, by=None, at=AT)
    taken = seconds(lambda: _to_the_end(trial.pk))
    trial.refresh_from_db()
    assert trial.state == "done"
    assert trial.facts_done == COUNT
    assert TrialPerson.objects.filter(trial=trial).exists()
    bare = seconds(_read) + put_back(rows_in("scoring_trialperson"))
    what = f"a draft tried on a million facts (of {COUNT:,})"
    yield Figure(what, taken * MILLION / COUNT, "s", bare * MILLION / COUNT)


def _to_the_end(trial_id: int) -> None:
    while actions.go_on(trial_id=trial_id, at=AT, for_seconds=5):
        pass


def _read() -> None:
    with plain_cursor() as cursor:
        cursor.execute(READ)
        while cursor.fetchmany(5000):
            pass


MEASURES = (scored, replay)
