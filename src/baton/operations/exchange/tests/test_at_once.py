"""Two files bring the same people in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection

from baton.operations.exchange.actions import running, writing
from baton.operations.exchange.tests.test_once import contact
from baton.records.people.models import Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("company"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time there"),
]


def test_who_comes_in_twice_at_once_is_one_and_no_line_is_refused(run_known, write, monkeypatch):
    """The first has written them, and not committed yet, when the second looks who is here."""
    contacts = write("contacts", *(contact(number) for number in range(3)))
    rows = [{"Email": f"ann{number}@halden.example", "Last Name": "Berg"} for number in range(3)]
    newsletter, has_written, plain = write("newsletter", *rows), Event(), writing.write

    def slow(*given):
        verdicts = plain(*given)
        if not has_written.is_set() and Person.objects.exists():
            has_written.set()
            sleep(0.3)
        return verdicts

    def second():
        has_written.wait(30)
        try:
            return run_known(newsletter)
        finally:
            connection.close()

    monkeypatch.setattr(running, "write", slow)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(second)
        run_known(contacts)

    assert waits.result()["totals"]["failed"] == 0
    assert Person.objects.count() == 3
