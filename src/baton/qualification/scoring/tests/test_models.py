"""Several models side by side, their versions, and the grades that they give."""

from datetime import timedelta

import pytest
import time_machine

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.qualification.scoring import actions
from baton.qualification.scoring.actions import BadScoreModel, BadScoreRule
from baton.qualification.scoring.models import ScoreModel, ScorePart, Standing
from baton.qualification.scoring.tasks import leave_out_staff
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    a_visit_made,
    an_engagement_rule,
)
from baton.records.audience.actions import assign_by_hand
from baton.records.audience.tests.factories import a_persona
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.purchases.tests.factories import a_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HEAD = {"job_title": "Head of plants"}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def shown(person):
    person.refresh_from_db()
    return person.fit, person.engagement, person.score, person.grade


def standings(person):
    rows = Standing.objects.filter(person=person).order_by("model__name")
    return list(rows.values_list("model__name", "fit", "engagement", "score", "grade"))


def test_grade_follows_the_bands_of_fit_and_engagement(run_background):
    an_engagement_rule(points=30)
    a_fit_rule(points=20)
    person = a_person(**HEAD)

    a_form_sent(person)
    run_background()

    assert shown(person) == (20, 30, 50, "B2")
    fact = FactRecord.objects.get(name="score.changed", person_id=person.pk)
    told = (fact.payload["score"], fact.payload["former_grade"], fact.payload["grade"])
    assert told == (50, "D4", "B2")


def test_models_side_by_side_score_the_same_facts_each_by_its_rules(run_background):
    an_engagement_rule(points=40)
    other = a_live_model(name="Likes guides")
    an_engagement_rule(points=5, name="Took a guide", model=other, half_life_days=None)
    a_fit_rule(points=31, model=other)
    person = a_person(**HEAD)

    a_form_sent(person)
    a_form_sent(person)
    run_background()

    assert shown(person) == (0, 80, 80, "D1")
    assert standings(person) == [("Likes guides", 31, 10, 41, "A3")]


def test_model_of_a_persona_is_about_nobody_else(run_background, admin):
    buyer = a_persona(name="Buyer")
    model = a_live_model(name="Buyers", persona=buyer)
    an_engagement_rule(points=25, model=model)
    person, other = a_person(), a_person()
    for one in (person, other):
        a_form_sent(one)
    run_background()
    before = standings(person)

    assign_by_hand(person=person, persona=buyer, by=admin, at=AT)
    run_background()

    assert (before, standings(other)) == ([], [])
    assert standings(person) == [("Buyers", 0, 25, 25, "D2")]


def test_models_of_two_products_score_the_same_person_side_by_side(
    run_background, admin, api_client
):
    for name, points in (("Meters", 25), ("Valves", 10)):
        model = a_live_model(name=name, product=a_product(name=f"{name} Pro"))
        an_engagement_rule(points=points, model=model)
    person = a_person()

    a_form_sent(person)
    run_background()

    assert standings(person) == [("Meters", 0, 25, 25, "D2"), ("Valves", 0, 10, 10, "D3")]
    told = api_client(admin).get("/api/v1/scoring/models/").json()["items"]
    said = {one["name"]: one["product"] for one in told if one["product"]}
    assert said == {"Meters": "Meters Pro", "Valves": "Valves Pro"}
    with pytest.raises(BadScoreModel, match="about people"):
        a_live_model(name="Firms", about="company", product=a_product())


def test_facts_beside_the_agreed_model_move_no_score_that_the_agreement_asks(run_background):
    model = a_live_model()
    an_engagement_rule(points=500, model=model)
    person = a_person()

    a_form_sent(person)
    run_background()

    assert shown(person) == (0, 0, 0, "D4")
    assert not FactRecord.objects.filter(name="score.changed").exists()


def test_points_that_end_count_in_full_until_then_and_not_after(run_background):
    an_engagement_rule(points=10, half_life_days=None, expires_days=7)
    person = a_person()
    a_form_sent(person, happened_at=AT - timedelta(days=8))
    a_form_sent(person, happened_at=AT - timedelta(days=6))
    a_form_sent(person)
    run_background()
    today = shown(person)

    for days in (1, 2, 8):
        actions.refresh_faded(at=AT + timedelta(days=days))
        person.refresh_from_db()
    latest = FactRecord.objects.filter(name="score.changed").order_by("pk")

    assert today == (0, 20, 20, "D3")
    assert [row.payload["score"] for row in latest] == [20, 10, 0]


def test_points_that_stay_do_not_fade(run_background):
    an_engagement_rule(points=10, half_life_days=None)
    person = a_person()
    a_form_sent(person, happened_at=AT - timedelta(days=3000))

    run_background()

    assert shown(person)[1] == 10


def test_rule_fades_in_one_way_only():
    with pytest.raises(BadScoreRule):
        an_engagement_rule(half_life_days=7, expires_days=7)


def test_draft_gives_no_points_until_it_is_put_to_use(run_background, admin):
    rule = an_engagement_rule(points=40)
    person = a_person()
    a_form_sent(person)
    run_background()
    draft = actions.draft_of(rule.model, by=admin, at=AT)
    actions.edit_score_rule(
        rule=draft.rules.get(), values={"points": 10}, version=1, by=admin, at=AT
    )
    run_background()
    before = shown(person)

    actions.put_to_use(model=draft, note="Too many", by=admin, at=AT)
    run_background()

    draft.refresh_from_db()
    rule.model.refresh_from_db()
    assert (before[2], shown(person)[2]) == (40, 10)
    assert (draft.state, draft.edition, draft.signed_by, draft.note) == (
        "live",
        2,
        admin,
        "Too many",
    )
    assert (rule.model.state, draft.is_main) == ("retired", True)
    assert FactRecord.objects.filter(name="score.changed").latest("pk").origin == "replay"


def test_former_version_can_be_put_back(run_background, admin):
    rule = an_engagement_rule(points=40)
    person = a_person()
    a_form_sent(person)
    draft = actions.draft_of(rule.model, by=admin, at=AT)
    actions.edit_score_rule(
        rule=draft.rules.get(), values={"points": 10}, version=1, by=admin, at=AT
    )
    batch = actions.put_to_use(model=draft, by=admin, at=AT)
    run_background()
    first = shown(person)[2]

    undo(batch=batch, by=admin, at=AT)
    run_background()

    assert (first, shown(person)[2]) == (10, 40)
    assert list(ScoreModel.objects.order_by("edition").values_list("state", flat=True)) == [
        "live",
        "retired",
    ]


def test_model_without_rules_is_not_put_to_use(admin):
    empty = actions.create_score_model(about="person", values={"name": "X"}, by=admin, at=AT)

    with pytest.raises(BadScoreModel):
        actions.put_to_use(model=empty, by=admin, at=AT)


def test_model_that_the_agreement_asks_cannot_be_stopped(admin):
    model = an_engagement_rule().model

    with pytest.raises(BadScoreModel):
        actions.stop_model(model=model, by=admin, at=AT)


def test_stopped_model_takes_its_standings_along(run_background, admin):
    model = a_live_model()
    an_engagement_rule(model=model)
    person = a_person()
    a_form_sent(person)
    run_background()

    actions.stop_model(model=model, by=admin, at=AT)
    run_background()

    assert standings(person) == []
    assert not ScorePart.objects.filter(rule__model=model).exists()


@pytest.mark.parametrize("bands", [[10, 20, 30], [30, 30, 10], [30, 20]])
def test_bands_that_make_no_grades_are_refused(admin, bands):
    with pytest.raises(BadScoreModel):
        actions.create_score_model(
            about="person", values={"name": "X", "fit_bands": bands}, by=admin, at=AT
        )


def test_what_a_machine_did_gives_no_points(run_background):
    an_engagement_rule(fact="visit.made", points=10)
    person = a_person()

    a_visit_made(person, machine="link scanner")
    a_visit_made(person)
    run_background()

    assert shown(person)[1] == 10


def test_own_staff_has_no_score(run_background, rep, admin):
    an_engagement_rule(points=10)
    a_fit_rule()
    staff = a_person(emails=[rep.email.upper()], **HEAD)
    person = a_person(emails=["helga@elsewhere.example"], **HEAD)

    for one in (staff, person):
        a_form_sent(one)
    run_background()

    assert shown(staff) == (0, 0, 0, "D4")
    assert shown(person) == (20, 10, 30, "B3")


def test_mail_at_a_domain_of_our_own_is_staff_and_others_are_not(run_background, company):
    an_engagement_rule(points=10)
    company.own_domains = ["fennmark.example"]
    company.save()
    staff = a_person(emails=["lab@fennmark.example"])
    person = a_person(emails=["lab@notfennmark.example"])

    for one in (staff, person):
        a_form_sent(one)
    run_background()

    assert (shown(staff)[2], shown(person)[2]) == (0, 10)


def test_who_comes_to_work_here_loses_the_score_by_night(run_background, rep):
    an_engagement_rule(points=10)
    person = a_person(emails=["new@elsewhere.example"])
    a_form_sent(person)
    run_background()
    before = shown(person)[2]
    rep.email = "New@elsewhere.example"
    rep.save()

    leave_out_staff.enqueue()
    run_background()

    assert (before, shown(person)[2]) == (10, 0)
    assert Person.objects.get(pk=person.pk).grade == "D4"
