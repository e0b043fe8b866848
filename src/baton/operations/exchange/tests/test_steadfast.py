"""An import that is killed between or within portions, or meets its twin, ends as an undisturbed
one does."""

from pathlib import Path

import pytest
from django.db import transaction

from baton.core.access.models import User
from baton.operations.exchange.actions import running
from baton.operations.exchange.actions.writing import write
from baton.operations.exchange.models import ImportedRow
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import (
    Company,
    CompanyDomain,
    EmailAddress,
    Person,
    PersonExternalId,
    Phone,
)
from baton.records.timeline.models import Activity, Task
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FILES = Path(__file__).parent / "files" / "hubspot"
CARD = """BEGIN:VCARD
VERSION:3.0
UID:{n}
N:Lund{n};Ann;;;
ORG:Halden Foods
TEL:+46 8 555 013{n}
EMAIL:ann{n}@halden.example
END:VCARD
"""
SAID = {  # of each table what must be the same: no ids, no keys of ours
    Person: ("full_name", "stage", "company__name", "owner__name", "custom"),
    PersonExternalId: ("source", "external_id", "person__full_name"),
    EmailAddress: ("normalised", "is_primary", "person__full_name"),
    Phone: ("number", "person__full_name"),
    StageChange: ("person__full_name", "from_stage", "to_stage", "place"),
    Company: ("name", "city"),
    CompanyDomain: ("domain", "company__name"),
    Deal: ("name", "stage__name", "person__full_name", "amount", "closed_at"),
    Activity: ("kind", "outcome", "person__full_name", "at"),
    Task: ("title", "owner__name"),
    User: ("name",),
    ImportedRow: ("object_type", "external_key", "digest"),
}


class Killed(BaseException):
    """As SIGKILL: nothing below catches it."""


@pytest.fixture(autouse=True)
def small_portions(monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)


@pytest.fixture(params=["hubspot", "cards"])
def paths(request, tmp_path):
    if request.param == "hubspot":
        return sorted(FILES.glob("*.csv"))
    cards = tmp_path / "phone.vcf"
    cards.write_text("".join(CARD.format(n=n) for n in range(5)))
    return [cards]


def here():
    """What stands in the tables."""
    return {
        kind.__name__: sorted(map(repr, kind._base_manager.values_list(*names)))
        for kind, names in SAID.items()
    }


def undisturbed(run_known, paths, monkeypatch):
    """What comes of it, and in how many portions; taken back."""
    portions = []

    def counted(*some):
        portions.append(some)
        return write(*some)

    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(running, "write", counted)
        run_known(*paths)
        found = here()
        transaction.set_rollback(True)
    return found, len(portions)


@pytest.mark.parametrize(("place", "is_written"), [(0, True), (1, False), (-1, True)])
def test_killed_in_any_portion_it_goes_on_and_ends_the_same(
    run_known, paths, monkeypatch, place, is_written
):
    clean, count = undisturbed(run_known, paths, monkeypatch)
    left = place % count

    def until_killed(*some):
        nonlocal left
        if left == 0 and not is_written:
            raise Killed
        told = write(*some)
        if left == 0:
            raise Killed  # all of the portion is written, and nothing committed
        left -= 1
        return told

    monkeypatch.setattr(running, "write", until_killed)
    with pytest.raises(Killed):
        run_known(*paths)
    monkeypatch.setattr(running, "write", write)

    again = run_known(*paths)

    assert again["errors"] == []
    assert here() == clean


def test_twin_that_comes_between_doubles_nobody(run_known, paths, monkeypatch):
    clean, _count = undisturbed(run_known, paths, monkeypatch)
    verdicts, twins = running._verdicts, [True]

    def after_the_twin(*some):
        if twins:
            twins.clear()
            run_known(*paths)
        return verdicts(*some)

    monkeypatch.setattr(running, "_verdicts", after_the_twin)

    data = run_known(*paths)

    assert data["errors"] == []
    assert here() == clean
