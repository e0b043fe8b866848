"""Settings > Rules: put together in the builder of filters, said in words, taken back."""

import pytest
from django.urls import reverse

from baton.core.fields.models import ValidationRule
from baton.core.fields.queries import rules_of
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
RULES, NEW = reverse("administration:rules"), reverse("administration:new-rule")
FORM = {
    "message": "Gold people need a job title.",
    "is_on": "on",
    "0-join": "all",
    "0.0-field": "person.custom.tier",
    "0.0-op": "is",
    "0.0-value": "gold",
    "0.1-field": "person.job_title",
    "0.1-op": "is_empty",
}
TREE = {
    "all": [
        {"field": "person.custom.tier", "op": "is", "value": "gold"},
        {"field": "person.job_title", "op": "is_empty"},
    ]
}


@pytest.fixture
def tier():
    return a_field("Tier", kind="choice", options=[Option("gold", "Gold")])


def test_rule_is_made_in_the_builder_and_said_in_words(tier, admin, signed_in):
    browser = signed_in(admin)

    browser.post(NEW, FORM)
    listed = browser.get(RULES).content.decode()

    [rule] = rules_of("person")
    assert (rule.message, rule.condition, rule.is_on) == (FORM["message"], TREE, True)
    assert "Tier is Gold and Job title is empty" in listed


def test_rule_is_changed_switched_off_and_taken_back(tier, admin, signed_in):
    browser = signed_in(admin)
    browser.post(NEW, FORM)
    [rule] = rules_of("person")
    url = reverse("administration:rule", args=[rule.key])
    changed = {**FORM, "message": "Other", "version": rule.version}
    del changed["is_on"]

    answer = browser.post(url, changed, follow=True)
    [edited] = rules_of("person")
    *_before, message = answer.context["messages"]
    browser.post(message.extra_tags.removeprefix("undo:"))
    [back] = rules_of("person")
    late = browser.post(url, {**changed, "version": rule.version})

    assert (edited.message, edited.is_on) == ("Other", False)
    assert (back.message, back.is_on, late.status_code) == (rule.message, True, 422)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"message": ""}, "This field is required."),
        ({"0.0-value": ""}, "“Tier” needs a value."),
        ({"0.0-field": "", "0.1-field": ""}, "Say when a record is not acceptable"),
    ],
)
def test_unfinished_rule_comes_back_with_what_is_wrong(tier, admin, signed_in, over, words):
    answer = signed_in(admin).post(NEW, {**FORM, **over})

    assert (answer.status_code, rules_of("person")) == (422, [])
    assert words in answer.content.decode()


def test_builder_keeps_the_message_and_counts(tier, admin, signed_in):
    a_person(custom={"tier": "gold"}, job_title="")
    browser = signed_in(admin)

    more = browser.post(NEW, {**FORM, "do": "add:0"}).content.decode()
    count = browser.post(NEW, {**FORM, "do": "count"}, headers={"HX-Request": "true"})

    assert FORM["message"] in more
    assert 'name="0.2-field"' in more
    assert "1 person matches" in count.content.decode()


def test_rule_whose_field_is_gone_says_so(tier, admin, signed_in):
    signed_in(admin).post(NEW, FORM)
    tier.delete()

    assert "it refuses nobody" in signed_in(admin).get(RULES).content.decode()


def test_deleted_rule_comes_back_from_the_toast(tier, admin, signed_in):
    browser = signed_in(admin)
    browser.post(NEW, FORM)
    [rule] = rules_of("person")

    answer = browser.post(reverse("administration:delete-rule", args=[rule.key]), follow=True)
    gone = rules_of("person")
    *_before, message = answer.context["messages"]
    browser.post(message.extra_tags.removeprefix("undo:"))

    assert (gone, rules_of("person")) == ([], [rule])


def test_only_who_manages_settings_manages_rules(tier, rep, signed_in):
    rule = ValidationRule.objects.create(object_type="person", message="No", condition=TREE)
    urls = [reverse(f"administration:{name}", args=[rule.key]) for name in ("rule", "delete-rule")]

    answers = [signed_in(rep).post(url, FORM).status_code for url in (NEW, *urls)]

    assert {*answers, signed_in(rep).get(RULES).status_code} == {403}
