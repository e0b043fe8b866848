"""Two bring the same thing: the second is refused in words, whatever the moment."""

import json

import pytest

from baton.records.people import actions
from baton.records.people.actions import lists
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("people/", {"full_name": "Ann"}, Person),
        ("people/companies/", {"name": "Halden"}, Company),
    ],
)
def test_same_external_id_twice_is_409(api_client, admin, path, body, kind):
    client = api_client(admin)
    sent = json.dumps(body | {"external_ids": {"crm": "7"}})

    codes = [
        client.post(f"/api/v1/{path}", sent, content_type="application/json").status_code
        for _ in range(2)
    ]

    assert codes == [201, 409]
    assert kind.objects.count() == 1


def _once_blind(monkeypatch, name):
    """The check looks before the other has written."""
    real, calls = getattr(lists, name), []

    def look(wanted, *, but_of=0):
        calls.append(wanted)
        if len(calls) > 1:
            real(wanted, but_of=but_of)

    monkeypatch.setattr(lists, name, look)


def test_address_that_another_wins_meanwhile_is_refused(monkeypatch):
    a_person(emails=["ann@halden.example"])
    loser = a_person(emails=["bo@halden.example"])
    _once_blind(monkeypatch, "refuse_taken")

    with pytest.raises(actions.EmailTaken):
        actions.edit_person(
            person=loser, values={"emails": ["ann@halden.example"]}, version=None, by=None, at=AT
        )

    assert [row.address for row in loser.emails.all()] == ["bo@halden.example"]


def test_domain_that_another_wins_meanwhile_is_refused(monkeypatch):
    a_company(domains=["halden.example"])
    loser = a_company()
    _once_blind(monkeypatch, "refuse_domains_taken")

    with pytest.raises(actions.DomainTaken):
        actions.edit_company(
            company=loser, values={"domains": ["halden.example"]}, version=None, by=None, at=AT
        )
