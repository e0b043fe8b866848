from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.records.people.actions import show
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people:list")


def names(response):
    return [row.object.full_name for row in response.context["list"].rows]


def test_box_of_a_row_says_whom_it_selects(signed_in, admin):
    a_person(full_name="Ann Lund", owner=admin)

    page = signed_in(admin).get(PEOPLE).content.decode()

    assert 'aria-label="Select Ann Lund"' in page


def test_list_costs_the_same_for_ten_and_for_sixty(signed_in, admin):
    client = signed_in(admin)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(PEOPLE).status_code == 200
        return len(queries)

    for place in range(10):
        a_person(company=a_company(), owner=admin, full_name=f"Ann {place}")
    client.get(PEOPLE)
    few = cost()
    for place in range(50):
        a_person(company=a_company(), owner=admin, full_name=f"Ben {place}")

    assert cost() == few <= 18


def test_views_sorts_and_choices_narrow_the_list(signed_in, admin, rep):
    ann = a_person(full_name="Ann Lund", owner=admin)
    ben = a_person(full_name="Ben Okafor", owner=rep)
    cleo = a_person(full_name="Cleo Adler")
    now = timezone.now()
    show(person_id=ann.pk, stage="mql", score=90, latest_touch_at=now, persona="Buyer")
    show(person_id=ben.pk, score=10, latest_touch_at=now - timedelta(days=20))
    client = signed_in(admin)

    def shown(**asked):
        return names(client.get(PEOPLE, asked))

    assert shown(sort="name") == ["Cleo Adler", "Ann Lund", "Ben Okafor"]
    assert shown(sort="-score")[0] == "Ann Lund"
    assert shown(view="mine") == shown(view="handoff") == shown(stage="mql") == ["Ann Lund"]
    assert shown(view="quiet", sort="name") == ["Cleo Adler", "Ben Okafor"]
    assert shown(owner=str(rep.key)) == ["Ben Okafor"]
    assert shown(owner="nobody") == ["Cleo Adler"]
    assert shown(persona="Buyer") == shown(q="lund") == ["Ann Lund"]
    assert shown(owner="nonsense", stage="nonsense", view="nonsense", sort="name") == shown(
        sort="name"
    )
    assert cleo.full_name == "Cleo Adler"


def test_list_shows_own_and_team_and_nobody_elses(signed_in, rep, colleague, outsider, marketer):
    a_person(full_name="Ann Lund", owner=rep)
    a_person(full_name="Nobody's")

    assert names(signed_in(rep).get(PEOPLE)) == ["Ann Lund"]
    assert names(signed_in(colleague).get(PEOPLE)) == ["Ann Lund"]
    assert names(signed_in(outsider).get(PEOPLE)) == []
    assert len(names(signed_in(marketer).get(PEOPLE))) == 2


def test_empty_list_says_what_will_be_there_and_leads_to_it(signed_in, admin, rep):
    pages = [signed_in(user).get(PEOPLE).content.decode() for user in (admin, rep)]

    assert ["People appear here" in page for page in pages] == [True, True]
    assert [">Import files</a>" in page for page in pages] == [True, False]
    assert pages[1].count('href="/people/new/"') == 2  # at the head, and in the list


def test_who_left_may_be_looked_for_while_they_own_somebody(signed_in, admin, rep, colleague):
    a_person(full_name="Ann Lund", owner=rep)
    type(rep).objects.filter(pk__in=[rep.pk, colleague.pk]).update(is_active=False)

    page = signed_in(admin).get(PEOPLE).content.decode()

    offered = page.split('name="owner"')[1].split("</select>")[0]
    assert (str(rep) in offered, str(colleague) in offered) == (True, False)


def test_htmx_gets_the_list_alone(signed_in, admin):
    a_person(full_name="Ann Lund")

    answer = signed_in(admin).get(PEOPLE, {"q": "ann"}, headers={"HX-Request": "true"})

    assert b"Ann Lund" in answer.content
    assert b"<html" not in answer.content


def test_name_of_a_stranger_is_shown_as_text(signed_in, admin):
    a_person(full_name="<script>alert(1)</script>")

    page = signed_in(admin).get(PEOPLE).content

    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page


def test_ticked_people_get_an_owner_with_a_way_back(signed_in, rep, colleague):
    mine, theirs = a_person(owner=rep), a_person()
    client = signed_in(rep)

    answer = client.post(
        reverse("editing:act", args=["people", "owner"]),
        {"row": [mine.key, theirs.key, "nonsense"], "value-owner": colleague.key},
    )

    assert answer.status_code == 302
    assert list(Person.objects.order_by("pk").values_list("owner", flat=True)) == [
        colleague.pk,
        None,
    ]
    page = client.get(PEOPLE).content.decode()
    assert "1 person given to Nora. 1 is not yours to change." in page

    batch = Change.objects.filter(verb="edited").get().batch
    assert reverse("changes:undo", args=[batch]) in page
    client.post(reverse("changes:undo", args=[batch]))
    assert Person.objects.get(pk=mine.pk).owner == rep


def test_ticked_people_are_deleted_with_a_way_back(signed_in, rep, colleague):
    people = [a_person(owner=rep), a_person(owner=rep), a_person(owner=colleague)]
    client = signed_in(rep)

    client.post(
        reverse("editing:act", args=["people", "delete"]),
        {"row": [person.key for person in people]},
    )

    assert list(Person.objects.living()) == people[2:]
    batch = Change.objects.filter(verb="deleted").latest("pk").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert Person.objects.living().count() == 3


@pytest.mark.parametrize("name", ["owner", "delete"])
def test_outsider_changes_nothing_in_bulk(signed_in, rep, outsider, name):
    person = a_person(owner=rep)
    facts = FactRecord.objects.count()

    answer = signed_in(outsider).post(
        reverse("editing:act", args=["people", name]),
        {"row": [person.key], "value-owner": outsider.key},
    )

    assert answer.status_code == 404
    person.refresh_from_db()
    assert (person.owner, person.deleted_at, FactRecord.objects.count()) == (rep, None, facts)


def test_unknown_owner_is_refused(signed_in, rep):
    person = a_person(owner=rep)

    answer = signed_in(rep).post(
        reverse("editing:act", args=["people", "owner"]),
        {"row": [person.key], "value-owner": person.key},
    )

    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.owner == rep


def test_companies_count_the_people_one_may_see(
    signed_in, rep, outsider, django_assert_max_num_queries
):
    halden = a_company(name="Halden", domains=["halden.example"])
    a_company(name="Orbis", owner=outsider)
    a_person(company=halden, owner=rep)
    a_person(company=halden, owner=outsider)
    client = signed_in(rep)

    with django_assert_max_num_queries(16):
        page = client.get(reverse("people:companies"))

    assert [(row.object.name, row.object.people_count) for row in page.context["list"].rows] == [
        ("Halden", 1)
    ]
    found = client.get(reverse("people:companies"), {"q": "halden.ex"})
    assert len(found.context["list"].rows) == 1


def test_empty_lists_lead_to_their_first_row(signed_in, rep):
    viewer = create_user(name="Vera", role="viewer", email="vera@fennmark.example")
    for page, step in (("people:list", "people:new"), ("people:companies", "people:new-company")):
        found = signed_in(rep).get(reverse(page)).context["list"].listing.empty
        unable = signed_in(viewer).get(reverse(page)).context["list"].listing.empty

        assert (found.url, unable.url) == (reverse(step), "")


def test_list_narrowed_to_nobody_says_so_and_leads_back(signed_in, admin):
    a_person(full_name="Ann Lund")

    page = signed_in(admin).get(PEOPLE, {"stage": "customer", "owner": "nobody", "sort": "name"})

    assert page.context["list"].wide_url == "?sort=name"
    html = page.content.decode()
    assert "Nothing matches what this list is narrowed to." in html
    assert "People appear here" not in html


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        ("activity.logged.meeting", "Meeting"),
        ("form.submitted", "Form sent"),
        ("parcel.sent_off", "Parcel sent off"),
    ],
)
def test_the_latest_touch_is_said_in_words_people_use(signed_in, admin, touch, words):
    show(person_id=a_person().pk, latest_touch=touch, latest_touch_at=timezone.now())

    page = signed_in(admin).get(PEOPLE).content.decode()

    assert f"{words}</span>" in page
