import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.tests.factories import (
    A_TYPED_RULE,
    AT,
    a_fit_rule,
    a_form_sent,
    an_engagement_rule,
)
from baton.records.people.tests.factories import a_person

FORM = A_TYPED_RULE | {"match": "form_code = price"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def test_list_shows_what_gives_points(signed_in, rep, django_assert_max_num_queries):
    an_engagement_rule(match={"form_code": "demo"})
    a_fit_rule()
    client = signed_in(rep)
    client.get(reverse("scoring:rules"))

    with django_assert_max_num_queries(12):
        page = client.get(reverse("scoring:rules")).content.decode()

    assert "Form submitted, form “demo”" in page
    assert "Job title contains “head”" in page
    assert reverse("scoring:new") not in page


def test_new_rule_scores_everybody_anew(signed_in, admin, run_background):
    person = a_person()
    a_form_sent(person, form_code="price")
    run_background()

    answer = signed_in(admin).post(reverse("scoring:new"), FORM)
    run_background()

    assert answer.headers["Location"] == reverse("scoring:rules")
    rule = ScoreRule.objects.get()
    assert (rule.points, rule.match, rule.half_life_days) == (25, {"form_code": "price"}, 30)
    person.refresh_from_db()
    assert person.score == 25


def test_fit_rule_keeps_its_conditions(signed_in, admin):
    rule = a_fit_rule()
    url = reverse("scoring:edit", args=[rule.key])
    typed = {
        "name": "Leads",
        "kind": "fit",
        "points": 15,
        "version": 1,
        "is_active": "on",
        "join": "any",
        "row-0-field": "person.job_title",
        "row-0-op": "contains",
        "row-0-value": "head",
        "row-1-field": "person.country",
        "row-1-op": "is_empty",
        "row-1-value": "",
    }

    assert "head" in signed_in(admin).get(url).content.decode()
    signed_in(admin).post(url, typed)

    rule.refresh_from_db()
    assert (rule.name, rule.version) == ("Leads", 2)
    assert rule.condition == {
        "any": [
            {"field": "person.job_title", "op": "contains", "value": "head"},
            {"field": "person.country", "op": "is_empty"},
        ]
    }


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"fact": ""}, "Choose what the person did."),
        ({"expires_days": 7}, "Fading by half, or an end: choose one."),
        ({"match": "unheard_of = 1"}, "Write “field = value”"),
        ({"points": ""}, "This field is required"),
        ({"points": 0}, "Give points, more or fewer than 0."),
        ({"kind": "fit"}, "Say below whom this rule is about."),
    ],
)
def test_rule_that_could_never_count_is_refused(signed_in, admin, over, sentence):
    answer = signed_in(admin).post(reverse("scoring:new"), FORM | over)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ScoreRule.objects.exists()


def test_rule_over_the_score_cannot_be_chosen(signed_in, admin):
    typed = {
        **FORM,
        "kind": "fit",
        "join": "all",
        "row-0-field": "person.score",
        "row-0-op": "over",
        "row-0-value": "50",
    }

    assert signed_in(admin).post(reverse("scoring:new"), typed).status_code == 422


def test_try_says_what_a_person_would_get_and_saves_nothing(signed_in, admin):
    person = a_person(full_name="Lena Fischer")
    a_form_sent(person, form_code="price", happened_at=AT - timedelta(days=30))
    typed = {**FORM, "try": "1", "person": "lena"}

    # Until the worker has numbered the fact, it counts for nothing.
    page = signed_in(admin).post(reverse("scoring:new"), typed).content.decode()

    assert "Lena Fischer would get no points." in page
    assert not ScoreRule.objects.exists()


def test_try_counts_the_log(signed_in, admin, run_background):
    person = a_person(full_name="Lena Fischer")
    a_form_sent(person, form_code="price", happened_at=AT - timedelta(days=30))
    run_background()

    page = signed_in(admin).post(reverse("scoring:new"), {**FORM, "try": "1", "person": "lena"})

    assert "Lena Fischer would get 13 points." in page.content.decode()


def test_try_finds_nobody_whom_one_may_not_see(signed_in, admin):
    page = signed_in(admin).post(reverse("scoring:new"), {**FORM, "try": "1", "person": "nobody"})

    assert "Nobody of that name is known to you." in page.content.decode()


def test_rep_looks_but_does_not_change(signed_in, rep, marketer):
    rule = an_engagement_rule()

    for user in (rep, marketer):
        client = signed_in(user)
        assert client.get(reverse("scoring:rules")).status_code == 200
        assert client.post(reverse("scoring:new"), FORM).status_code == 403
        assert client.post(reverse("scoring:delete", args=[rule.key])).status_code == 403
    assert ScoreRule.objects.living().count() == 1


def test_deleted_rule_gives_no_points(signed_in, admin, run_background):
    rule = an_engagement_rule()
    person = a_person()
    a_form_sent(person)
    run_background()

    signed_in(admin).post(reverse("scoring:delete", args=[rule.key]))
    run_background()

    person.refresh_from_db()
    assert person.score == 0


def test_rule_comes_back_with_its_points(signed_in, admin, run_background):
    rule = an_engagement_rule()
    person = a_person()
    a_form_sent(person)
    client = signed_in(admin)

    page = client.post(reverse("scoring:delete", args=[rule.key]), follow=True).content.decode()
    run_background()
    person.refresh_from_db()
    without = person.score
    client.post(re.findall(r"/changes/[0-9a-f-]{36}/undo/", page)[0])
    run_background()

    person.refresh_from_db()
    assert (without, person.score) == (0, 40)


def test_rule_in_the_trash_is_shown_to_who_might_delete_it(signed_in, admin, rep):
    rule = an_engagement_rule()
    actions.delete_score_rule(rule=rule, by=admin, at=AT)
    url = reverse("changes:restore", args=["score_rule", rule.key])

    refused = signed_in(rep).post(url).status_code
    shown = signed_in(admin).get("/changes/trash/?kind=score_rule").content.decode()
    signed_in(admin).post(url)

    assert (refused, url in shown) == (404, True)
    assert ScoreRule.objects.living().count() == 1


def test_person_page_tells_why(signed_in, admin, run_background):
    an_engagement_rule()
    person = a_person()
    a_form_sent(person, happened_at=AT - timedelta(days=14))
    run_background()

    page = signed_in(admin).get(person.get_absolute_url()).content.decode()

    assert "Why 20" in page
    assert "+40" in page
    assert "−20" in page


def test_api_explains_the_score_of_people_whom_one_sees(api_client, rep, outsider, run_background):
    an_engagement_rule()
    person = a_person(owner=rep)
    a_form_sent(person, happened_at=AT - timedelta(days=14))
    run_background()
    url = f"/api/v1/scoring/people/{person.key}/"

    answer = api_client(rep).get(url)

    assert answer.status_code == 200
    told = answer.json()
    assert (told["score"], told["faded"]) == (20, -20)
    assert [(part["points"], part["words"]) for part in told["parts"]] == [(40, "Sent a form")]
    assert api_client(outsider).get(url).status_code == 404


def test_api_lists_the_rules(api_client, rep):
    an_engagement_rule()

    answer = api_client(rep).get("/api/v1/scoring/rules/").json()

    assert [(rule["name"], rule["points"]) for rule in answer["items"]] == [("Sent a form", 40)]


def test_default_rules_are_made_once(company):
    assert actions.ensure_default_rules(at=AT) == 5
    assert actions.ensure_default_rules(at=AT) == 0
    assert ScoreRule.objects.counting().count() == 5
