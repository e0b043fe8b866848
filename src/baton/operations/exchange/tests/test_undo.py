"""An import that is taken back leaves nothing behind, or says what stays."""

import pytest
from django.urls import reverse

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.fields.actions import save_rule
from baton.core.fields.models import FieldDefinition
from baton.operations.exchange.actions.undoing import begin_undo
from baton.operations.exchange.models import Import
from baton.operations.exchange.tasks import ring_imports
from baton.records.people.actions import edit_person, record_consent
from baton.records.people.models import Consent, Person, PersonTag, Tag
from baton.records.people.queries import consents_said
from baton.records.people.tests.factories import AT, a_person
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MAILCHIMP = {
    "Email Address": "lena@halden.example",
    "First Name": "Lena",
    "Last Name": "Fischer",
    "Shoe": "38",
    "MEMBER_RATING": "2",
    "OPTIN_TIME": "2026-01-05 10:00:00",
    "CONFIRM_TIME": "2026-01-05 10:00:00",
    "LEID": "1",
    "EUID": "1",
    "TAGS": '"Member","Gold"',
}
DEAL = {
    "Record ID": "9",
    "Deal Name": "Pans",
    "Deal Stage": "Talking",
    "Pipeline": "Sales",
    "Amount": "10",
    "Deal owner": "Dwight Schrute",
}


def test_consents_own_fields_and_tags_go_with_the_import(run_known, write, undone):
    ann = a_person(full_name="Ann Lund", emails=["ann@halden.example"])
    edit_person(person=ann, values={"tags": ["Old"]}, version=None, by=None, at=AT)
    record_consent(
        email="ann@halden.example",
        purpose="newsletter",
        is_given=True,
        basis="consent",
        source="shop",
        at=AT,
    )
    known = MAILCHIMP | {"Email Address": "ann@halden.example", "First Name": "", "Last Name": ""}
    run_known(write("subscribed_1", MAILCHIMP, known))
    assert (Consent.objects.count(), Tag.objects.count()) == (3, 3)
    assert FieldDefinition.objects.filter(label="Shoe", deleted_at=None).exists()

    undone(Import.objects.get())

    [said] = consents_said(["ann@halden.example"])
    assert (Consent.objects.count(), said.source) == (1, "shop")
    assert [*Tag.objects.values_list("name", flat=True)] == ["Old"]
    assert [*PersonTag.objects.values_list("person", "tag__name")] == [(ann.pk, "Old")]
    assert not FieldDefinition.objects.filter(deleted_at=None).exists()
    assert Import.objects.get().report["stays"] == []


def test_undo_whose_job_was_lost_goes_on(run_known, write, admin, run_background):
    run_known(write("subscribed_1", MAILCHIMP))
    begin_undo(record=Import.objects.get(), by=admin, at=AT)

    ring_imports.func()
    run_background()

    assert (Import.objects.get().state, Person.objects.living().count()) == ("undone", 0)


def test_what_others_use_by_now_stays_and_is_told(
    run_known, write, undone, admin, signed_in, colleague
):
    run_known(write("subscribed_1", MAILCHIMP, MAILCHIMP | {"Email Address": "b@halden.example"}))
    shoe = FieldDefinition.objects.get(label="Shoe")
    ben = a_person(full_name="Ben Okafor")
    values = {"tags": ["Gold"], "custom": {shoe.code: "44"}}
    edit_person(person=ben, values=values, version=None, by=colleague, at=AT)

    undone(Import.objects.get())

    record = Import.objects.get()
    assert record.report["stays"] == [
        "The tag “Gold” stays: somebody has it by now.",
        "The field “Shoe” stays: 1 record has a value in it.",
    ]
    page = signed_in(admin).get(reverse("exchange:import", args=[record.key])).content.decode()
    assert "The tag “Gold” stays: somebody has it by now." in page
    assert Person.objects.living().get() == ben


def test_undo_stands_in_the_history_as_of_who_undid(run_known, write, undone, admin, signed_in):
    run_known(write("subscribed_1", MAILCHIMP))
    record = Import.objects.get()
    assert record.by is None

    undone(record)

    rows = Change.objects.exclude(batch=record.batch).filter(object_type__in=("person", "field"))
    assert {one.by for one in rows} == {admin}
    assert {one.object_type for one in rows} == {"person", "field"}
    page = signed_in(admin).get(reverse("exchange:import", args=[record.key])).content.decode()
    assert "Taken back by Ada." in page


def test_field_that_a_rule_asks_for_stays(run_known, write, undone, admin):
    run_known(write("subscribed_1", MAILCHIMP))
    shoe = FieldDefinition.objects.get(label="Shoe")
    asked = {"field": f"person.custom.{shoe.code}", "op": "is", "value": "1"}
    values = {"message": "No such shoe.", "condition": {"all": [asked]}}
    save_rule(object_type="person", values=values, by=admin, at=AT)

    undone(Import.objects.get())

    words = "The field “Shoe” stays: the rule “No such shoe.” asks for it."
    assert Import.objects.get().report["stays"] == [words]


def test_field_that_a_colleague_changed_since_is_told(run_known, write, undone, colleague):
    ben = a_person(full_name="", emails=["lena@halden.example"])
    run_known(write("subscribed_1", MAILCHIMP))
    ben.refresh_from_db()
    values = {"first_name": "Helene"}
    edit_person(person=ben, values=values, version=None, by=colleague, at=AT)

    undone(Import.objects.get())

    [words] = Import.objects.get().report["stays"][:1]
    assert words == "“First name” of 1 record stays as it is: somebody changed it since."


def test_own_field_that_a_colleague_changed_since_is_told_in_words(
    run_known, write, undone, colleague
):
    ben = a_person(full_name="", emails=["lena@halden.example"])
    run_known(write("subscribed_1", MAILCHIMP))
    shoe = FieldDefinition.objects.get(label="Shoe")
    ben.refresh_from_db()
    values = {"custom": ben.custom | {shoe.code: "44"}}
    edit_person(person=ben, values=values, version=None, by=colleague, at=AT)

    undone(Import.objects.get())

    words = "“Own fields” of 1 record stays as it is: somebody changed it since."
    assert words in Import.objects.get().report["stays"]


def test_stages_added_to_a_pipeline_go_and_deals_in_the_trash_move(run_known, write, undone):
    run_known(write("deals", DEAL))
    first = Import.objects.get()
    other = DEAL | {"Record ID": "10", "Deal Stage": "Waiting", "Deal owner": "Jim Halpert"}
    run_known(write("more", other, DEAL))
    pipeline = Pipeline.objects.get(source="hubspot")

    undone(Import.objects.latest("pk"))

    record = Import.objects.latest("pk")
    open_ones = Stage.objects.living().filter(pipeline=pipeline, kind="open")
    assert [*open_ones.values_list("name", flat=True)] == ["Talking"]
    assert Deal._base_manager.latest("pk").stage.name == "Talking"
    assert record.report["stays"] == [
        "1 user without login stays: Jim Halpert. Records may name them."
    ]
    undone(first)
    assert not Pipeline.objects.filter(source="hubspot", deleted_at=None).exists()
    assert User.objects.filter(name="Dwight Schrute").exists()


def test_stage_in_which_deals_stand_stays_and_is_told(run_known, write, undone):
    run_known(write("deals", DEAL))
    run_known(write("more", DEAL | {"Record ID": "10", "Deal Stage": "Waiting"}))
    ours = a_deal(stage=Stage.objects.get(name="Waiting"))

    undone(Import.objects.latest("pk"))

    ours.refresh_from_db()
    assert ours.stage.name == "Waiting"
    words = "The stage “Waiting” of “Sales” stays: deals stand in it."
    assert Import.objects.latest("pk").report["stays"] == [words]
