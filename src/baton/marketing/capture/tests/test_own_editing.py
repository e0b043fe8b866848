"""Own fields of people in the editor of forms, and who sees the answers."""

import json

import pytest

from baton.core.access.roles import Role
from baton.core.fields.actions import trash_fields
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.marketing.capture.actions import (
    Sender,
    add_field,
    remove_field,
    submit_form,
    write_field,
)
from baton.marketing.capture.actions.forms import BadField
from baton.marketing.capture.queries import Asked
from baton.marketing.capture.rules import FieldKind, FormField
from baton.marketing.capture.tests.factories import AT, DIRECT, EMAIL, NAME, a_form, asks, own_form
from baton.marketing.capture.tests.strangers import JONAS
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]  # it keeps limits
COLOURS = [Option("red", "Deep red"), Option("blue", "Blue")]


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def test_editor_picks_an_own_field_beside_the_others(browser):
    a_field("Plants owned", kind="number")
    a_field("Company size", object_type="company")
    a_field("Guide", kind="user")
    a_field("Secret", hidden_for=[Role.MARKETER])
    form = a_form(fields=[NAME])

    html = browser.get(form.get_absolute_url()).content.decode()
    browser.post(
        f"{form.get_absolute_url()}fields/",
        {"label": "How many plants?", "kind": "custom.plants_owned", "is_required": "on"},
    )

    form.refresh_from_db()
    assert '<option value="custom.plants_owned">Plants owned</option>' in html
    assert not any(f"custom.{code}" in html for code in ("company_size", "guide", "secret"))
    assert form.questions()[1] == FormField(
        code="how-many-plants",
        kind=FieldKind.OWN,
        label="How many plants?",
        is_required=True,
        own="plants_owned",
    )


@pytest.mark.parametrize("kind", ["own", "custom.gone", "custom.secret", "custom.", "custom.size"])
def test_field_that_is_not_offered_is_refused(browser, kind):
    a_field("Secret", hidden_for=[Role.MARKETER])
    a_field()
    form = own_form("size")  # asked once already

    response = browser.post(f"{form.get_absolute_url()}fields/", {"label": "What?", "kind": kind})

    form.refresh_from_db()
    assert response.status_code == 422
    assert len(form.questions()) == 3


def test_question_for_a_hidden_field_is_worded_anew_and_keeps_it(browser, marketer):
    a_field("Secret", hidden_for=[Role.MARKETER])
    form = own_form("secret")

    html = browser.get(form.get_absolute_url()).content.decode()
    browser.post(
        f"{form.get_absolute_url()}fields/q-secret/", {"label": "New?", "kind": "custom.secret"}
    )

    form.refresh_from_db()
    assert "A field that is deleted or hidden from you" in html
    assert (form.questions()[2].label, form.questions()[2].own) == ("New?", "secret")
    with pytest.raises(BadField):
        write_field(form=form, code="name", field=asks("secret"), by=None, at=AT)
    with pytest.raises(BadField):
        add_field(form=a_form(), field=asks("secret"), by=marketer, at=AT)


def test_answer_to_a_hidden_field_is_not_shown(browser):
    a_field("Secret", hidden_for=[Role.MARKETER])
    a_field()
    form = own_form("secret", "size")
    _send(form, {"q-secret": "Nobody knows", "q-size": "Rather large"})

    html = browser.get(f"{form.get_absolute_url()}submissions/").content.decode()

    assert "Rather large" in html
    assert "Nobody knows" not in html


def test_answer_to_a_hidden_field_stays_hidden_when_field_or_question_is_gone(browser):
    field = a_field("Secret", hidden_for=[Role.MARKETER])
    a_field()
    form = own_form("secret", "size")
    _send(form, {"q-secret": "Nobody knows", "q-size": "Rather large"})
    address = f"{form.get_absolute_url()}submissions/"

    trash_fields(field_ids=[field.pk], by=None, at=AT)
    html = browser.get(address).content.decode()
    remove_field(form=form, code="q-secret", by=None, at=AT)
    later = browser.get(address).content.decode()

    assert ["Rather large" in page for page in (html, later)] == [True, True]
    assert ["Nobody knows" in page for page in (html, later)] == [False, False]


def test_program_sends_own_fields_too(marketer, api_client):
    a_field(kind="choices", options=COLOURS)
    a_form(code="demo", fields=[NAME, EMAIL, asks("size")])
    api, address = api_client(marketer), "/api/v1/capture/submissions/"

    def send(size):
        values = {"name": "Jonas Berg", "email": "jonas@corvid.example", "q-size": size}
        body = json.dumps({"form": "demo", "values": values})
        return api.post(address, body, content_type="application/json")

    wrong, fine = send("green"), send("blue; Deep red")

    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["at"] == "values.q-size"
    assert fine.status_code == 201
    assert fine.json()["values"]["q-size"] == "Deep red, Blue"
    assert Person.objects.get().custom == {"size": ["red", "blue"]}


def test_long_answer_is_quoted_on_the_timeline(browser):
    a_field(kind="long_text")
    form = own_form("size")
    sent = _send(form, {"q-size": "A long story. " * 20})
    assert sent.submission.person

    html = browser.get(sent.submission.person.get_absolute_url()).content.decode()

    assert "A long story." in html


def _send(form, answers):
    said = Asked(form).read({**JONAS, **answers})
    return submit_form(
        form=form, values=said.values, own=said.own, token=form.key, at=AT,
        sender=Sender(source=DIRECT),
    )  # fmt: skip
