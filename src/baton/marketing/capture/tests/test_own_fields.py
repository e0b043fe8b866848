"""Own fields of people on forms that strangers fill in."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine

from baton.core.fields.actions import edit_field, trash_fields
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.marketing.capture.models import Submission
from baton.marketing.capture.queries import Asked
from baton.marketing.capture.tests.factories import AT, a_form, a_page, own_form
from baton.marketing.capture.tests.strangers import JONAS, Stranger
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
COLOURS = [Option("red", "Deep red"), Option("blue", "Blue")]


def read(field, typed, **over):
    return Asked(own_form(field.code, **over)).read({**JONAS, f"q-{field.code}": typed})


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stranger(clock):
    """Sends a form in the page after half a minute."""

    def send(form, sent):
        page, someone = a_page(form=form), Stranger()
        someone.open(page)
        clock.shift(timedelta(seconds=30))
        body = {"_token": someone.token, "name": JONAS["name"], "email": JONAS["email"], **sent}
        return someone.client.post(f"{page.public_path()}send/", body)

    return send


class _Inputs(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.labelled: set[str | None] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag == "label":
            self.labelled.add(named.get("for"))


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "said"),
    [
        ("text", " Two \n plants", "Two plants", "Two plants"),
        ("long_text", "One\n\n\n\nTwo", "One\n\nTwo", "One\n\nTwo"),
        ("number", "1250.50", "1250.5", "1250.5"),
        ("money", "12", "12", "12"),
        ("date", "2026-03-01", "2026-03-01", "2026-03-01"),
        ("moment", "2026-03-01T14:30Z", "2026-03-01T14:30:00Z", "2026-03-01T14:30:00Z"),
        ("boolean", "false", False, "No"),
        ("choice", "red", "red", "Deep red"),
        ("choices", ["blue", "red"], ["red", "blue"], "Deep red, Blue"),
        ("choices", "blue;red", ["red", "blue"], "Deep red, Blue"),
        ("link", "halden.example", "https://halden.example", "https://halden.example"),
        ("mail", "a@Halden.example", "a@halden.example", "a@halden.example"),
        ("phone", "+49 421 5550101", "+49 421 5550101", "+49 421 5550101"),
    ],
)
def test_answer_is_read_as_the_field_keeps_it(kind, typed, kept, said):
    found = read(a_field(kind=kind, options=COLOURS if kind.startswith("choice") else []), typed)

    assert found.wrong == {}
    assert found.own == {"size": kept}
    assert found.values["q-size"] == said


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("text", "x" * 2001, "at most 2000"),
        ("long_text", "x" * 20_001, "at most 20000"),
        ("text", "a\x00b", "nobody can read"),
        ("text", "a\x1bb", "nobody can read"),
        ("text", "\ud800", "nobody can read"),
        ("number", "1e999999", "no number"),
        ("number", "many", "no number"),
        ("date", "2026-02-30", "no date"),
        ("moment", "soon", "no time"),
        ("boolean", "perhaps", "neither yes nor no"),
        ("choice", "green", "none of the choices"),
        ("choice", "x" * 2001, "at most"),
        ("choices", ["red", "green"], "none of the choices"),
        ("choices", ["red"] * 7000, "at most"),
        ("choices", ["red", "bl\x07ue"], "nobody can read"),
        ("link", "javascript:alert(1)", "no link"),
        ("mail", "a@b.example\nBcc: c@d.example", "no mail address"),
        ("phone", "call me", "no phone number"),
    ],
)
def test_hostile_answer_is_refused_with_a_sentence(kind, typed, words):
    found = read(a_field(kind=kind, options=COLOURS if kind.startswith("choice") else []), typed)

    assert words in found.wrong["q-size"]
    assert found.own == {}


@pytest.mark.parametrize("typed", ["", "  ", "\u200e", []])
def test_required_answer_is_asked_for(typed):
    field = a_field(kind="choices", options=COLOURS)

    assert read(field, typed, is_required=True).wrong == {"q-size": "Choose an answer."}
    assert read(field, typed).wrong == {}


def test_retired_choice_is_taken_no_more():
    field = a_field(kind="choice", options=COLOURS)
    retired = [replace(COLOURS[0], is_retired=True), COLOURS[1]]
    edit_field(field=field, values={"options": retired}, version=None, by=None, at=AT)

    assert "none of the choices" in read(field, "red").wrong["q-size"]


def test_each_kind_has_its_input_with_a_label(clock):
    inputs = {
        "long_text": "textarea", "number": "input", "date": "input", "moment": "input",
        "boolean": "select", "choice": "select", "choices": "input", "link": "input",
    }  # fmt: skip
    for kind in inputs:
        a_field(kind, kind=kind, options=COLOURS if kind.startswith("choice") else [])
    page = a_page(form=own_form(*inputs, is_required=True))

    html = Stranger().open(page).content.decode()

    found = _Inputs(html)
    drawn = {named.get("name"): (tag, named) for tag, named in found.tags if named.get("name")}
    assert {kind: drawn[f"q-{kind}"][0] for kind in inputs} == inputs
    assert all(drawn[f"q-{kind}"][1]["id"] in found.labelled for kind in inputs)
    assert drawn["q-date"][1]["type"] == "date"
    assert drawn["q-moment"][1]["type"] == "datetime-local"
    assert drawn["q-number"][1]["inputmode"] == "decimal"
    assert "required" in drawn["q-choice"][1]
    assert "required" not in drawn["q-choices"][1]  # one box is enough
    assert '<legend class="label">choices</legend>' in html


def test_sent_answer_stands_in_the_person(stranger):
    a_field(kind="choices", options=COLOURS)
    a_field("Works", kind="number", default="3")

    response = stranger(own_form("size", "works"), {"q-size": ["red", "blue"]})

    assert response.status_code == 303
    assert Person.objects.get().custom == {"size": ["red", "blue"], "works": "3"}
    assert Submission.objects.get().values["q-size"] == "Deep red, Blue"


def test_wrong_answer_comes_back_with_all_that_was_typed(stranger):
    a_field(kind="choices", options=COLOURS)
    a_field("Works", kind="number")

    response = stranger(own_form("size", "works"), {"q-size": ["blue"], "q-works": "<many>"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "“&lt;many&gt;” is no number. Write it like 1250.50." in html
    assert 'value="&lt;many&gt;"' in html
    drawn = [named for tag, named in _Inputs(html).tags if named.get("name") == "q-size"]
    assert [named["value"] for named in drawn if "checked" in named] == ["blue"]
    assert not Person.objects.exists()


def test_known_person_gets_only_what_they_lack(stranger):
    a_field()
    a_field("Works", kind="boolean")
    a_field("Plan")
    known = {"size": "Large", "works": False, "beside": "stays"}
    person = a_person(emails=[JONAS["email"]], custom=known)

    stranger(own_form("size", "works", "plan"), {"q-size": "S", "q-works": "true", "q-plan": "Yes"})

    person.refresh_from_db()
    assert person.custom == {**known, "plan": "Yes"}


def test_field_that_is_gone_is_left_out(stranger):
    field = a_field()
    form = own_form("size", is_required=True)
    trash_fields(field_ids=[field.pk], by=None, at=AT)

    response = stranger(form, {"q-size": "Large"})

    assert response.status_code == 303
    assert Person.objects.get().custom == {}
    assert Submission.objects.get().values == {
        "name": JONAS["name"],
        "email": JONAS["email"],
    }


def test_fields_are_read_with_one_query_and_none_without(django_assert_num_queries):
    for label in ("One", "Two", "Three"):
        a_field(label)
    form, plain = own_form("one", "two", "three"), a_form()

    with django_assert_num_queries(1):
        assert len(Asked(form).questions) == 5
    with django_assert_num_queries(0):
        assert Asked(plain).questions
