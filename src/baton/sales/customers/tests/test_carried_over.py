"""What was agreed as one row goes on as version 1."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.demo.models import DemoRow
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.rules import Kind, Side
from baton.sales.customers.models import Customer
from baton.sales.customers.tests.factories import AT, a_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
migration = import_module("baton.sales.customers.migrations.0011_terms_become_an_agreement")
marking = import_module("baton.sales.customers.migrations.0012_demo_marks")


class Then:
    """The models as they were: the row had all terms."""

    def __init__(self, row: Any) -> None:
        self.row = row

    def get_model(self, app: str, name: str) -> Any:
        if name != "FavourTerms":
            return apps.get_model(app, name)
        found = SimpleNamespace(first=lambda: self.row)
        return SimpleNamespace(objects=SimpleNamespace(filter=lambda **_asked: found))


def test_row_becomes_a_signed_version_and_what_runs_goes_on_under_it(rep, admin):
    owner = create_user(name="Olga", role=Role.OWNER)
    cora = create_user(
        name="Cora", role=Role.CUSTOMER_OWNER, email="cora@x.example", password="Cora"
    )
    waiting, kept = a_customer(by=rep, note="Calls on Fridays"), a_customer(by=rep, owner=rep)
    Customer.objects.update(briefed_at=None)
    numbers = {"quiet_days": 30, "checkin_well": 80, "checkin_watch": 40, "checkin_risk": 20}
    row = SimpleNamespace(
        accept_minutes=240,
        call_minutes=750,
        gives="one",
        owner_id=cora.pk,
        created_at=AT,
        **numbers,
    )

    migration.carry_over(Then(row), None)
    migration.tell_first_words(apps, None)

    agreed = agreement_in_force(Kind.OWNER)
    assert agreed is not None
    assert (agreed.version, agreed.valid_from, agreed.given_to) == (1, AT, cora)
    assert (agreed.accept_minutes, agreed.respond_minutes) == (240, 750)
    assert {name: getattr(agreed, name) for name in numbers} == numbers
    assert agreed.signatures() == [(Side.SALES, owner), (Side.CUSTOMERS, owner)]
    waiting.refresh_from_db()
    kept.refresh_from_db()
    assert (waiting.agreement, waiting.briefed_at) == (agreed, waiting.offered_at)
    assert (kept.agreement, kept.briefed_at) == (None, None)
    marking.mark_anew(apps, None)
    assert not DemoRow.objects.exists()
    DemoRow.objects.create(model="customers.Terms", object_id=1)  # it came with the demo
    for _twice in range(2):
        marking.mark_anew(apps, None)
    of_demo = {("customers.FavourTerms", 1), ("handoff.Agreement", agreed.pk)}
    assert {*DemoRow.objects.values_list("model", "object_id")} == of_demo


def test_house_that_changed_nothing_has_agreed_on_nothing(admin):
    migration.carry_over(Then(None), None)

    assert not Agreement.objects.exists()
