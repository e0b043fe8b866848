"""Rules that name a form are written and read by its name, and stay about that form."""

import pytest
import time_machine
from django.urls import reverse

from baton.marketing.capture.models import Form
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.tests.factories import A_TYPED_RULE, AT, an_engagement_rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def test_rule_names_a_form_as_people_do(signed_in, admin):
    Form.objects.create(name="Request a demo", sort_key="request a demo", code="demo")
    client = signed_in(admin)
    client.post(reverse("scoring:new"), A_TYPED_RULE | {"match": "form = Request a demo"})

    rule = ScoreRule.objects.get()
    assert rule.match == {"form_code": "demo"}
    page = client.get(reverse("scoring:edit", args=[rule.key])).content.decode()
    assert "form = Request a demo</textarea>" in page
    assert "form_code" not in page
    assert "form “Request a demo”" in client.get(reverse("scoring:rules")).content.decode()


def test_only_forms_are_called_by_the_names_of_forms(signed_in, admin):
    Form.objects.create(name="Request a demo", sort_key="request a demo", code="demo")
    rule = an_engagement_rule(match={"channel": "demo", "form_code": "demo"})
    client = signed_in(admin)

    page = client.get(reverse("scoring:edit", args=[rule.key])).content.decode()
    listed = client.get(reverse("scoring:rules")).content.decode()

    assert "form = Request a demo\nchannel = demo</textarea>" in page
    assert "form “Request a demo”, channel “demo”" in listed


@pytest.mark.parametrize(
    "others",
    [
        [("Price", "price", None), ("Price", "price-2", None)],  # of one name
        [("Price", "price-2", AT)],  # in the trash
        [("price", "price-2", None), ("Cost", "price", None)],  # called as another one's code
    ],
)
def test_rule_that_is_saved_as_it_was_asks_for_the_same_form(signed_in, admin, others):
    for name, code, gone in others:
        Form.objects.create(name=name, sort_key=name.casefold(), code=code, deleted_at=gone)
    rule = an_engagement_rule(match={"form_code": "price-2"})
    client, url = signed_in(admin), reverse("scoring:edit", args=[rule.key])
    form = client.get(url).context["form"]

    client.post(url, A_TYPED_RULE | {"name": "Other", "match": form["match"].value()})

    rule.refresh_from_db()
    assert (rule.name, rule.match) == ("Other", {"form_code": "price-2"})


def test_rule_of_an_unknown_field_hears_what_there_is_in_words(signed_in, admin):
    page = signed_in(admin).post(reverse("scoring:new"), A_TYPED_RULE | {"match": "from = x"})

    said = page.content.decode()
    assert page.status_code == 422
    assert "Fields: " in said
    assert "form_code" not in said
