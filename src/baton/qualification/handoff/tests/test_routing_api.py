"""Rules, turns, named accounts, a trial and the log of decisions over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.calendars.actions import save_leave
from baton.core.fields.actions import limit_field
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff, NamedAccount, PoolMember, RoutingRule
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ROOT = "/api/v1/handoff/routing/"
FRANCE = {"all": [{"field": "person.country", "op": "is", "value": "France"}]}


@pytest.fixture
def plants(ravi):
    pool = actions.create_pool(name="Plants", by=None, at=AT)
    actions.set_member(pool=pool, user=ravi, by=None, at=AT)
    return pool


@pytest.fixture
def boss(api_client, admin):
    return api_client(admin)


def send(client, method, path, body=None):
    return getattr(client, method)(f"{ROOT}{path}", body, content_type="application/json")


def a_rule(boss, pool, **over):
    said = {"name": "France", "condition": FRANCE, "pool": str(pool.key)} | over
    return send(boss, "post", "rules/", said)


def test_a_rule_is_made_changed_and_deleted(boss, plants, teo, ravi):
    a_default_pool(teo)
    made = a_rule(boss, plants, language="German")
    second = a_rule(boss, plants, name="Later").json()
    path = f"rules/{made.json()['key']}/"
    lead = a_handoff(person=a_person(country="France"))

    changed = send(boss, "patch", path, {"is_active": False, "version": made.json()["version"]})
    stale = send(boss, "patch", path, {"is_active": True, "version": made.json()["version"]})
    listed = boss.get(f"{ROOT}rules/").json()
    gone = boss.delete(f"{ROOT}{path}")

    assert (made.status_code, made.json()["position"], made.json()["language"]) == (201, 1, "de")
    assert second["position"] == 2
    assert lead.rep == ravi
    assert changed.json()["is_active"] is False
    assert changed.json()["condition"] == FRANCE
    assert stale.status_code == 409
    assert [one["name"] for one in listed] == ["France", "Later"]
    assert gone.status_code == 204
    assert boss.get(f"{ROOT}{path}").status_code == 404
    assert RoutingRule.objects.living().count() == 1


def test_a_rule_that_routing_could_not_use_is_refused(boss, plants):
    unknown = a_rule(boss, plants, condition={"all": [{"field": "x", "op": "is", "value": 1}]})
    nowhere = send(
        boss,
        "post",
        "rules/",
        {"name": "A", "condition": FRANCE, "pool": "00000000-0000-7000-8000-000000000000"},
    )

    assert unknown.status_code == 409
    assert (nowhere.status_code, nowhere.json()["detail"]) == (422, "pool: no pool has this key.")
    assert not RoutingRule.objects.exists()


def test_turns_are_read_and_set(boss, plants, teo, ravi):
    path = f"pools/{plants.key}/members/"
    joined = send(boss, "post", path, {"user": str(teo.key), "weight": 3, "open_cap": 5})
    again = send(boss, "post", path, {"user": str(teo.key), "weight": 2})
    left = send(boss, "post", f"{path}remove/", {"user": str(ravi.key)})

    told = {one["name"]: one for one in joined.json()["members"]}
    assert (told["Teo"]["weight"], told["Teo"]["open_cap"]) == (3, 5)
    assert len(again.json()["members"]) == 2
    member = PoolMember.objects.get(pool=plants)
    assert (member.user, member.weight, member.open_cap) == (teo, 2, None)
    assert [one["name"] for one in left.json()["members"]] == ["Teo"]
    assert [one["name"] for one in boss.get(f"{ROOT}pools/").json()] == ["Plants"]


def test_who_answers_no_leads_takes_no_turn(boss, plants, marketer):
    answer = send(boss, "post", f"pools/{plants.key}/members/", {"user": str(marketer.key)})

    assert answer.status_code == 422
    assert PoolMember.objects.count() == 1


def test_reps_are_read_with_their_leave_and_changed(boss, plants, ravi):
    today = timezone.now().astimezone(organisation_zone()).date()
    save_leave(
        user=ravi, values={"kind": "vacation", "from_on": today, "to_on": today}, by=ravi, at=AT
    )
    said = {"languages": ["German"], "skills": ["Food"]}

    changed = send(boss, "patch", f"reps/{ravi.key}/", said).json()
    off = send(boss, "patch", f"reps/{ravi.key}/", {"is_available": False}).json()
    listed = {one["name"]: one for one in boss.get(f"{ROOT}reps/").json()}

    assert (changed["languages"], changed["skills"]) == (["de"], ["food"])
    assert (changed["is_available"], changed["is_away"]) == (True, True)
    assert changed["away_until"] == today.isoformat()
    assert (off["is_available"], off["languages"]) == (False, ["de"])
    assert listed["Ravi"] == off
    assert off["pools"] == [str(plants.key)]


def test_accounts_are_named_and_what_names_nothing_is_told(boss, plants, ravi):
    a_company(name="Halden, Ltd")
    accounts = [
        {"account": "Halden, Ltd", "owner": "Ravi"},
        {"account": "corvid.example", "owner": "Plants"},
        {"account": "Nobody knows", "owner": "Ravi"},
    ]

    done = send(boss, "post", "named/", {"accounts": accounts}).json()
    again = send(boss, "post", "named/", {"accounts": accounts[:2]}).json()
    listed = boss.get(f"{ROOT}named/").json()["items"]
    gone = boss.delete(f"{ROOT}named/{listed[0]['key']}/")

    assert (done["added"], len(done["refused"])) == (2, 1)
    assert "Nobody knows" in done["refused"][0]
    assert (again["added"], again["same"]) == (0, 2)
    assert [(one["account"], one["owner_name"]) for one in listed] == [
        ("Halden, Ltd", "Ravi"),
        ("corvid.example", "Plants"),
    ]
    assert gone.status_code == 204
    assert [row.domain for row in NamedAccount.objects.living()] == ["corvid.example"]


def test_a_rule_is_tried_on_last_month_and_nothing_is_written(boss, plants, teo, ravi):
    a_default_pool(teo)
    now = timezone.now()
    lead = a_handoff(person=a_person(country="France"), at=now - timedelta(days=3))
    rule = {"name": "France", "condition": FRANCE, "pool": str(plants.key)}

    as_it_is = send(boss, "post", "try/", {}).json()
    tried = send(boss, "post", "try/", {"rule": rule}).json()

    assert (as_it_is["leads"], as_it_is["changed"]) == (1, [])
    assert tried["changed"] == [
        {
            "handoff": str(lead.key),
            "person": str(lead.person.key),
            "now": str(teo.key),
            "then": str(ravi.key),
            "how": "condition",
        }
    ]
    assert {(one["rep"], one["now"], one["then"]) for one in tried["loads"]} == {
        (str(teo.key), 1, 0),
        (str(ravi.key), 0, 1),
    }
    assert not RoutingRule.objects.exists()
    assert Handoff.objects.get().rep == teo


def test_a_rule_that_stands_is_tried_without(boss, plants, teo, ravi):
    a_default_pool(teo)
    key = a_rule(boss, plants).json()["key"]
    a_handoff(person=a_person(country="France"), at=timezone.now() - timedelta(days=3))

    tried = send(boss, "post", "try/", {"replaces": key}).json()

    assert [one["then"] for one in tried["changed"]] == [str(teo.key)]


def test_decisions_are_told_in_words_to_who_sees_the_lead(boss, api_client, outsider, teo):
    a_default_pool(teo)
    lead = a_handoff()

    found = boss.get(f"{ROOT}decisions/?how=turns&outcome=waits&rep={teo.key}").json()["items"]
    none = boss.get(f"{ROOT}decisions/?how=owner").json()["items"]
    foreign = api_client(outsider).get(f"{ROOT}decisions/").json()["items"]

    assert [(one["handoff"], one["rep"]) for one in found] == [(str(lead.key), str(teo.key))]
    assert any("takes turns" in line["words"] for line in found[0]["why"])
    assert none == []
    assert foreign == []


def test_rep_reads_the_rules_and_changes_none(api_client, rep, plants, boss):
    key = a_rule(boss, plants).json()["key"]
    client = api_client(rep)

    assert client.get(f"{ROOT}rules/{key}/").status_code == 200
    for method, path, body in (
        ("post", "rules/", {"name": "A", "condition": FRANCE, "pool": str(plants.key)}),
        ("patch", f"rules/{key}/", {"name": "B"}),
        ("delete", f"rules/{key}/", None),
        ("post", f"pools/{plants.key}/members/", {"user": str(rep.key)}),
        ("patch", f"reps/{rep.key}/", {"skills": ["x"]}),
        ("post", "named/", {"accounts": []}),
        ("post", "try/", {}),
    ):
        assert send(client, method, path, body).status_code == 403, path


def test_no_rule_asks_by_a_field_that_is_hidden_from_who_writes_it(api_client, boss, plants):
    key = a_rule(boss, plants).json()["key"]
    head = api_client(create_user(name="Sam", role="head_of_sales", email="sam@fennmark.example"))
    values = {"hidden_for": ["head_of_sales"]}
    limit_field(object_type="person", name="country", values=values, by=None, at=AT)
    rule = {"name": "France", "condition": FRANCE, "pool": str(plants.key)}

    answers = [
        send(head, "post", "try/", {"rule": rule}),
        send(head, "post", "rules/", rule),
        send(head, "patch", f"rules/{key}/", {"condition": FRANCE}),
    ]

    assert [one.status_code for one in answers] == [422] * 3
    assert "there is no field person.country" in answers[0].json()["detail"]


@pytest.mark.parametrize("mark", ["\n", "\t", "\x0b", "\x85", "\u2028"])
def test_one_account_is_one_line_whatever_stands_in_it(boss, plants, ravi, mark):
    a_company(name="Halden")
    accounts = [{"account": f"Nobody{mark}Halden", "owner": "Ravi"}]

    done = send(boss, "post", "named/", {"accounts": accounts}).json()

    assert (done["added"], len(done["refused"])) == (0, 1)
    assert not NamedAccount.objects.exists()
