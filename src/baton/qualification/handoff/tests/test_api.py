import pytest
import time_machine

from baton.core.access.actions import ensure_imported_users
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ROOT = "/api/v1/handoff/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def lead(rep):
    a_default_pool(rep)
    return a_handoff(person=a_person(full_name="Lena Fischer"))


def post(client, lead, act, body=None):
    return client.post(f"{ROOT}{lead.key}/{act}/", body or {}, content_type="application/json")


def test_list_narrows_to_mine_and_open(api_client, rep, colleague, lead):
    mine = api_client(rep).get(ROOT, {"mine": "true", "is_open": "true"}).json()
    theirs = api_client(colleague).get(ROOT, {"mine": "true"}).json()

    assert [(one["person_name"], one["state"]) for one in mine["items"]] == [
        ("Lena Fischer", "offered")
    ]
    assert theirs["items"] == []


def test_one_handoff_tells_its_brief_and_its_routing(api_client, rep, lead):
    told = api_client(rep).get(f"{ROOT}{lead.key}/").json()

    assert told["brief"]["score"]["threshold"] == 70
    assert {"words": "Everybody takes turns", "is_hit": True} in told["routing"]


def test_accept_need_and_verdicts(api_client, rep, lead):
    client = api_client(rep)

    first, again = post(client, lead, "accept"), post(client, lead, "accept")
    too_late = post(client, lead, "reject", {"reason": "no_fit"})
    done = post(client, lead, "need", {"need": "A", "impact": "B"})

    assert [answer.status_code for answer in (first, again, too_late, done)] == [200, 200, 409, 200]
    assert "Teo accepted this lead" in too_late.json()["detail"]
    assert done.json()["state"] == "qualified"


def test_reject_and_disqualify(api_client, rep, lead):
    client = api_client(rep)

    unknown = post(client, lead, "reject", {"reason": "unheard_of"})
    rejected = post(client, lead, "reject", {"reason": "no_fit", "note": "Too small"})
    other = a_handoff()
    post(client, other, "accept")
    disqualified = post(client, other, "disqualify", {"reason": "no_need"})

    assert unknown.status_code == 409
    assert rejected.json()["verdict"] == "no_fit"
    assert disqualified.json()["state"] == "disqualified"


def test_colleague_looks_outsider_finds_nothing(api_client, colleague, outsider, marketer, lead):
    for act, body in (("accept", {}), ("reject", {"reason": "no_fit"})):
        assert post(api_client(colleague), lead, act, body).status_code == 409
        assert post(api_client(outsider), lead, act, body).status_code == 404
        assert post(api_client(marketer), lead, act, body).status_code == 403
    for act, body in (("need", {"need": "A", "impact": "B"}), ("disqualify", {"reason": "no_fit"})):
        assert post(api_client(colleague), lead, act, body).status_code == 403
    assert api_client(colleague).get(f"{ROOT}{lead.key}/").status_code == 200
    assert api_client(outsider).get(f"{ROOT}{lead.key}/").status_code == 404
    assert Handoff.objects.get().state == "offered"


def test_agreement_in_force(api_client, rep):
    before = api_client(rep).get(f"{ROOT}agreement/")
    an_agreement()

    told = api_client(rep).get(f"{ROOT}agreement/").json()
    [only] = api_client(rep).get(f"{ROOT}agreement/versions/").json()
    assert only == told
    assert api_client(rep).get(f"{ROOT}agreement/?kind=none").status_code == 422

    assert before.status_code == 404
    assert (told["version"], told["threshold"]) == (1, 70)


def test_person_whom_sales_found_is_concluded_without_a_lead(api_client, rep, outsider):
    person, other = (a_person(origin="sales", owner=rep) for _ in range(2))
    need, no_need = {"need": "A", "impact": "B"}, {"reason": "no_need"}

    def conclude(user, one, act, body):
        url = f"{ROOT}people/{one.key}/{act}/"
        return api_client(user).post(url, body, content_type="application/json")

    done, again = (conclude(rep, person, "need", need) for _ in range(2))
    no = conclude(rep, other, "disqualify", no_need)

    assert done.json() == {"person": str(person.key), "stage": "sql", "handoff": None}
    assert (again.status_code, no.status_code, no.json()["stage"]) == (409, 200, "lead")
    assert conclude(outsider, person, "disqualify", no_need).status_code == 404


def test_verdict_on_a_person_closes_their_open_lead(api_client, rep, lead):
    url = f"{ROOT}people/{lead.person.key}/need/"

    done = api_client(rep).post(url, {"need": "A", "impact": "B"}, content_type="application/json")

    assert done.json()["handoff"] == str(lead.key)
    assert Handoff.objects.get().state == "qualified"


def test_manager_gives_a_lead_to_who_can_answer_it(api_client, admin, rep, colleague, lead):
    old = ensure_imported_users(source="old", names={"7": "Ewa"})["7"]

    given = post(api_client(admin), lead, "give", {"rep": str(colleague.key)})
    refused = post(api_client(admin), lead, "give", {"rep": str(old.key)})
    forbidden = post(api_client(rep), lead, "give", {"rep": str(rep.key)})

    assert given.json()["rep_name"] == "Nora"
    assert (refused.status_code, forbidden.status_code) == (422, 403)
