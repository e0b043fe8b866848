"""What is done to a million, or asked about one of them, gathers nobody else."""

import fnmatch
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.editing.matching import listed
from baton.core.editing.slots import bulk_acts
from baton.core.files.models import File
from baton.qualification.handoff.queries.decided import offers_seen
from baton.records.people.models import Person
from baton.sales.customers.queries import people_content, people_to_ask
from baton.sales.customers.queries.terms import favour_terms
from baton.sales.customers.tests.factories import a_customer
from tests.flows.test_hot_queries import selects, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_latest_decisions_of_routing_are_the_last_of_an_index(admin):
    steps = steps_of(str(offers_seen(admin)[:20].query))

    assert fnmatch.filter(steps, "SCAN handoff_offer USING INDEX offer_by_time")
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_files_one_sees_are_asked_for_by_their_records(admin):
    with CaptureQueriesContext(connection) as sent:
        File.objects.visible_to(admin).count()
    [count] = selects(sent)
    steps = steps_of(count)

    assert [step for step in steps if "LIST SUBQUERY" in step] == []


def test_whom_of_a_customer_to_ask_is_found_from_the_customer_on(admin):
    customer = a_customer()
    seen = Person.objects.visible_to(admin)

    with CaptureQueriesContext(connection) as sent:
        list(people_to_ask(customer, among=seen))
        list(people_content(customer, at=AT, agreed=favour_terms()))
    steps = [step for sql in selects(sent) for step in steps_of(sql)]

    assert [step for step in steps if re.match("SCAN (people_person|U0)", step)] == []


def test_next_ids_of_a_bulk_act_are_read_along_the_list(admin):
    act = bulk_acts.find("people.owner")
    assert act
    with CaptureQueriesContext(connection) as sent:
        list(listed(act, "", user=admin).filter(pk__gt=3, pk__lte=9)[:300])
    ids = selects(sent)[-1]

    assert fnmatch.filter(steps_of(ids), "SEARCH people_person USING INTEGER PRIMARY KEY*")
    assert "SUBQUERY" not in "".join(steps_of(ids))
