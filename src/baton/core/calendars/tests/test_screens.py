import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.calendars.models import FreeDay, Leave
from baton.core.calendars.tests.factories import AT, a_leave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
OWN = reverse("calendars:own")
FORM = {"from_on": "2026-03-09", "to_on": "2026-03-13", "kind": "vacation", "note": "Sea"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def test_user_keeps_days_off_of_their_own(signed_in, rep):
    browser = signed_in(rep)

    answer = browser.post(OWN, FORM)
    page = browser.get(OWN).content.decode()

    assert (answer.status_code, Leave.objects.get().user) == (302, rep)
    assert "Mon 9 Mar – Fri 13 Mar 2026" in page
    assert "Vacation, Sea" in page


def test_bad_days_are_refused_with_the_form(signed_in, rep):
    answer = signed_in(rep).post(OWN, {**FORM, "to_on": "2026-03-01"})

    assert answer.status_code == 422
    assert "The last day off lies before the first one." in answer.content.decode()


def test_days_off_are_changed_and_taken_back(signed_in, rep):
    leave, browser = a_leave(rep), signed_in(rep)

    browser.post(leave.get_absolute_url(), {**FORM, "version": leave.version})
    leave.refresh_from_db()
    browser.post(reverse("calendars:delete", args=[leave.key]))

    assert (leave.note, Leave.objects.living().count()) == ("Sea", 0)


def test_days_off_are_nobody_elses_business(signed_in, rep, colleague, admin):
    leave = a_leave(rep, note="Surgery")
    address = leave.get_absolute_url()
    theirs = reverse("calendars:of", args=[rep.key])

    statuses = {
        who.name: (signed_in(who).get(address).status_code, signed_in(who).get(theirs).status_code)
        for who in (rep, colleague, admin)
    }

    assert statuses == {"Teo": (200, 403), "Nora": (404, 403), "Ada": (200, 200)}


def test_manager_reads_who_is_away_and_not_why(signed_in, rep, outsider, north):
    boss = create_user(name="Sam", role=Role.SALES_MANAGER, email="s@fennmark.example", team=north)
    a_leave(rep, kind="sick", note="Surgery")
    a_leave(outsider, days=2)

    page = signed_in(boss).get("/").content.decode()

    away = page[page.index("now or within 7 days") :].partition("</section>")[0]
    assert "Teo" in away
    assert ("Otto" in away, "Surgery" in page, "Sick" in page) == (False, False, False)


def test_company_keeps_free_days_of_its_own(signed_in, admin, rep):
    address = reverse("administration:free-days")
    form = {"on": "2026-12-24", "name": "Christmas Eve", "is_yearly": "on"}

    made = signed_in(admin).post(address, form)
    again = signed_in(admin).post(address, form)
    page = signed_in(admin).get(address).content.decode()

    assert (made.status_code, again.status_code, signed_in(rep).get(address).status_code) == (
        302,
        422,
        403,
    )
    assert "24 December" in page

    signed_in(admin).post(reverse("administration:work-on", args=[FreeDay.objects.get().key]))
    assert FreeDay.objects.living().count() == 0


def test_programs_keep_leave_of_their_user_only(api_client, rep, colleague, admin):
    leave = a_leave(colleague)
    body = {"from_on": "2026-03-09", "to_on": "2026-03-09", "ends_at_noon": True}
    theirs = {**body, "user": str(colleague.key)}
    address = "/api/v1/calendars/leave/"

    def post(who, sent):
        return api_client(who).post(address, sent, content_type="application/json").status_code

    assert (post(rep, body), post(rep, body), post(rep, theirs), post(admin, theirs)) == (
        201,
        409,
        404,
        201,
    )
    assert [row["ends_at_noon"] for row in api_client(rep).get(address).json()["items"]] == [True]
    assert api_client(rep).delete(f"{address}{leave.key}/").status_code == 404


def test_programs_keep_free_days(api_client, rep, admin):
    address, body = "/api/v1/calendars/free-days/", {"on": "2026-12-24", "name": "Christmas Eve"}

    made = api_client(admin).post(address, body, content_type="application/json")
    refused = api_client(rep).post(address, body, content_type="application/json")

    assert (made.status_code, refused.status_code) == (201, 403)
    assert [row["name"] for row in api_client(rep).get(address).json()["items"]] == [
        "Christmas Eve"
    ]
    assert api_client(admin).delete(f"{address}{made.json()['key']}/").status_code == 204
