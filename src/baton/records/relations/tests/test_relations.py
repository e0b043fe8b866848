"""Relations from either end: added, edited, ended, taken away, with their way back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.fields.actions import limit_field
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind
from baton.records.relations.tests.factories import a_relation
from baton.records.relations.views.panels import company_panel, person_panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(rep):
    return a_person(owner=rep, full_name="Ann Lund")


@pytest.fixture
def bo(rep):
    return a_person(owner=rep, full_name="Bo Berg")


def add_url(record, name="add-to-person"):
    return reverse(f"relations:{name}", args=[record.key])


def page(browser, record):
    return browser.get(record.get_absolute_url()).content.decode()


def test_both_ends_say_it_their_own_way(company, rep, signed_in, ann, bo):
    browser = signed_in(rep)

    browser.post(f"{add_url(ann)}?person={bo.key}", {"way": "manages.back"})

    relation = Relation.objects.get()
    assert (relation.person, relation.kind, relation.other) == (bo, "manages", ann)
    assert "Reports to" in page(browser, ann)
    assert "Manager of" in page(browser, bo)


def test_choice_finds_whom_one_sees(company, rep, outsider, signed_in, ann, bo):
    a_person(owner=outsider, full_name="Bo Fremd")
    a_company(owner=rep, name="Bofors")

    found = signed_in(rep).get(add_url(ann), {"q": "bo"}).content.decode()

    assert f"?person={bo.key}" in found
    assert "Bofors" in found
    assert "Bo Fremd" not in found


def test_company_gains_a_board_member_with_days_and_title(company, rep, signed_in, ann):
    firm = a_company(owner=rep, name="Halden")
    browser = signed_in(rep)

    browser.post(
        f"{add_url(firm, 'add-to-company')}?person={ann.key}",
        {"way": "board", "title": "Chair", "since": "2024-03-01"},
    )

    html = page(browser, firm)
    assert "Board member" in html
    assert "Chair, since" in html
    assert "Board member of" in page(browser, ann)


def test_ended_relation_is_past_and_undo_takes_that_back(company, rep, signed_in, ann, bo):
    relation = a_relation(person=ann, other=bo, kind=RelationKind.MANAGES)
    browser = signed_in(rep)

    browser.post(reverse("relations:end", args=[relation.key]) + "?at=other")

    batch = Change.objects.get(object_type="relation", verb="edited").batch
    assert "Reported to" in page(browser, bo)
    browser.post(reverse("changes:undo", args=[batch]))
    relation.refresh_from_db()
    assert (relation.until, relation.is_past) == (None, False)


def test_removed_relation_comes_back_by_undo(company, rep, signed_in, ann, bo):
    relation = a_relation(person=ann, other=bo, kind=RelationKind.FRIEND)
    browser = signed_in(rep)

    gone = browser.post(reverse("relations:remove", args=[relation.key]))

    assert gone.url == ann.get_absolute_url()
    assert "Friend of" not in page(browser, bo)
    batch = Change.objects.get(object_type="relation", verb="deleted").batch
    browser.post(reverse("changes:undo", args=[batch]))
    assert "Friend of" in page(browser, bo)


def test_edit_turns_the_two_round(company, rep, signed_in, ann, bo):
    relation = a_relation(person=ann, other=bo, kind=RelationKind.MANAGES)
    url = reverse("relations:edit", args=[relation.key]) + "?at=other"
    browser = signed_in(rep)

    form = browser.get(url).content.decode()
    saved = browser.post(url, {"way": "manages", "version": relation.version})

    relation.refresh_from_db()
    assert '<option value="manages.back" selected>' in form
    assert saved.url == bo.get_absolute_url()
    assert (relation.person, relation.other) == (bo, ann)


def test_days_must_follow_each_other(company, rep, signed_in, ann, bo):
    typed = {"way": "friend", "since": "2025-01-02", "until": "2025-01-01"}

    refused = signed_in(rep).post(f"{add_url(ann)}?person={bo.key}", typed)

    assert refused.status_code == 422
    assert "It ends before it begins." in refused.content.decode()
    assert not Relation.objects.exists()


def test_same_relation_is_not_written_down_twice(company, rep, signed_in, ann, bo):
    a_relation(person=ann, other=bo, kind=RelationKind.FRIEND)

    refused = signed_in(rep).post(f"{add_url(bo)}?person={ann.key}", {"way": "friend"})

    assert "That is written down already." in refused.content.decode()
    assert Relation.objects.count() == 1


def test_lost_race_is_told(company, rep, signed_in, ann, bo):
    relation = a_relation(person=ann, other=bo, kind=RelationKind.FRIEND)
    Relation.objects.update(version=7)
    url = reverse("relations:edit", args=[relation.key])

    lost = signed_in(rep).post(url, {"way": "partner", "version": 1})

    assert lost.status_code == 422
    assert Relation.objects.get().kind == "friend"


def test_nobody_is_shown_a_relation_to_whom_they_do_not_see(
    company, rep, outsider, colleague, signed_in, ann
):
    hidden = a_person(owner=outsider, full_name="Olaf Fremd")
    relation = a_relation(person=ann, other=hidden, kind=RelationKind.MANAGES)

    assert "Olaf Fremd" not in page(signed_in(rep), ann)
    for user in (rep, colleague, outsider):
        url = reverse("relations:edit", args=[relation.key])
        assert signed_in(user).get(url).status_code == 404


def test_page_costs_one_question_however_many_relations(company, rep, rf, ann):
    request = rf.get("/")
    request.user = rep
    firm = a_company(owner=rep)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            person_panel(request, ann)
            company_panel(request, firm)
        return len(queries)

    a_relation(person=ann, company=firm, kind=RelationKind.BOARD)
    person_panel(request, ann)
    for _number in range(4):
        a_relation(person=ann, other=a_person(owner=rep), kind=RelationKind.MANAGES)
        a_relation(person=a_person(owner=rep), company=firm, kind=RelationKind.ADVISER)

    assert cost() == 2


def test_title_and_days_are_kept(company, rep, ann):
    firm = a_company(owner=rep)

    relation = a_relation(
        person=ann, company=firm, kind=RelationKind.WORKS_AT, title="Head", since=date(2020, 1, 1),
        until=date(2022, 5, 31),
    )  # fmt: skip

    assert (relation.title, relation.since, relation.until) == (
        "Head",
        date(2020, 1, 1),
        date(2022, 5, 31),
    )


def test_who_does_not_see_titles_keeps_them_when_something_else_is_changed(
    company, rep, signed_in, ann
):
    job = a_relation(
        person=ann, company=a_company(owner=rep), kind=RelationKind.BOARD, title="Chair"
    )
    hide = {"hidden_for": ["rep"]}
    limit_field(object_type="person", name="job_title", values=hide, by=None, at=AT)
    browser, edit = signed_in(rep), reverse("relations:edit", args=[job.key])

    form = browser.get(edit).content.decode()
    browser.post(edit, {"way": "board", "since": "2026-01-01", "version": job.version})

    job.refresh_from_db()
    assert "Chair" not in form
    assert (job.title, job.since) == ("Chair", date(2026, 1, 1))
