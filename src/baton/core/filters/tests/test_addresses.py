"""A filter in an address: short, read back as it was, and never an error of the page."""

import json

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from baton.core import filters, offers
from baton.core.filters.addresses import MOST_ASKED, read, unpacked, written
from baton.core.filters.drafts import draft_of, draft_sent
from baton.core.filters.fields import askable
from baton.core.filters.tests.strategies import trees
from baton.core.filters.tests.subjects import SUBJECTS
from baton.core.offers import FieldKind, FilterField

pytestmark = pytest.mark.django_db  # for the fields that a company added

TREES = {name: trees(subject) for name, subject in SUBJECTS.items()}
IS_OLD = ["attempt", ">", 3]


def fields(object_type="job"):
    return askable(object_type, may=lambda _name: True)


def asked(text, *, object_type="job"):
    return read(text, object_type=object_type, fields=fields(object_type))


def test_a_filter_is_written_short():
    tree = {
        "all": [
            {"field": "job.attempt", "op": ">", "value": 3},
            {
                "any": [
                    {"field": "job.lane", "op": "is_set"},
                    {"not": {"all": [{"field": "job.task", "op": "in", "value": ["ä", "b"]}]}},
                ]
            },
        ]
    }

    text = written(tree)

    assert (
        text == '[1,["attempt",">",3],{"any":[["lane","is_set"],'
        '{"not":{"all":[["task","in",["ä","b"]]]}}]}]'
    )
    assert unpacked(text, object_type="job") == tree


@given(st.data(), st.sampled_from(["job", "rate"]))
def test_what_is_written_is_read_and_asks_the_same(data, object_type):
    tree = json.loads(json.dumps(data.draw(TREES[object_type]), default=float))

    found = asked(written(tree), object_type=object_type)

    assert not found.lost
    assert asked(found.text, object_type=object_type).tree == found.tree


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("{", "it cannot be read, build it anew"),
        ("[" * 30_000, "it cannot be read, build it anew"),
        ("null", "it cannot be read, build it anew"),
        ("[]", "it cannot be read, build it anew"),
        ('[1,["\\ud800","is",3]]', "it cannot be read, build it anew"),
        ("[2]", "it is of another version of Baton, build it anew"),
        ("[true]", "it is of another version of Baton, build it anew"),
        ('[1,{"xor":[]}]', "a part of it cannot be read, build it anew"),
        ('[1,{"all":[]}]', "a part of it cannot be read, build it anew"),
        ('[1,["attempt"]]', "a part of it cannot be read, build it anew"),
        ('[1,[3,"is"]]', "a part of it cannot be read, build it anew"),
        (
            "[1," + '{"not":' * 20 + '["attempt","=",1]' + "}" * 20 + "]",
            "a part of it cannot be read, build it anew",
        ),
        ('[1,["budget","is",3]]', "there is no field “budget” to ask about"),
        (
            '[1,["attempt",{"a":1},3]]',
            "“Attempt” cannot be compared by “{'a': 1}”, "
            "only by =, !=, <, <=, >, >=, between, is_empty, is_set",
        ),
        (
            '[1,["attempt",">",NaN]]',
            "“Attempt” needs a number like 70 or 12.5, of at most 15 digits",
        ),
        ('[1,["attempt",">"]]', "“Attempt” needs a value"),
        ('[1,["is_dead","is","yes"]]', "“Is dead” needs true or false"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_told_in_one_sentence(text, lost):
    found = asked(text)

    assert (found.parts, found.lost) == ((), (lost,))


def test_the_rest_of_a_filter_stands():
    tree = {"any": [["budget", "is", 1], IS_OLD]}

    found = asked(json.dumps([1, tree, ["attempt", "<", "many"], {"not": ["budget", "is", 1]}]))

    assert found.text == '[1,{"any":[["attempt",">",3]]}]'
    assert len(found.lost) == 3


@pytest.mark.parametrize(
    ("parts", "lost"),
    [
        ([IS_OLD] * 200, f"it has 200 conditions and may have {MOST_ASKED}, take some out"),
        (
            [{"any": [{"all": [{"any": [IS_OLD, IS_OLD]}, IS_OLD]}, IS_OLD]}, IS_OLD],
            "its groups lie more than 3 deep, take one apart",
        ),
        (
            [["task", "is", "x" * 6_000]],
            "it is longer than the 6000 characters of an address, take a condition out",
        ),
    ],
)
def test_a_filter_that_is_too_large_is_left_out_and_can_be_mended(parts, lost):
    text = json.dumps([1, *parts])

    assert asked(text).lost == (lost,)
    assert len(list(draft_of(unpacked(text, object_type="job"), fields()).lines())) >= len(parts)


def test_a_field_is_offered_to_those_who_may_ask():
    secret = FilterField(
        object_type="job",
        name="secret",
        label="Secret",
        kind=FieldKind.TEXT,
        path="task",
        permission="secrets.view",
    )
    offers.filter_fields.add(secret)
    try:
        seen = [
            askable("job", may=may) for may in ({"secrets.view"}.__contains__, set().__contains__)
        ]
        found = read('[1,["secret","is","x"]]', object_type="job", fields=seen[1])
    finally:
        offers.filter_fields._items.remove(secret)

    assert ["job.secret" in one for one in seen] == [True, False]
    assert found.lost == ("there is no field “secret” to ask about",)


def test_chips_say_each_part_and_lead_to_the_rest():
    found = asked('[1,["attempt",">",3],{"any":[["lane","is_set"],["is_dead","is",true]]}]')

    assert list(found.chips()) == [
        ("Attempt over 3", '[1,{"any":[["lane","is_set"],["is_dead","is",true]]}]'),
        ("Lane is set or Is dead is yes", '[1,["attempt",">",3]]'),
    ]


def form_of(group):
    """What a browser would send of a draft as it is drawn."""
    sent = MultiValueDict({f"{group.place}-join": [group.join]})
    for part in group.parts:
        if part.is_group:
            sent.update(form_of(part))
            continue
        part.typed = [text.strip() for text in part.typed]  # what stands around a word is no part
        sent[f"{part.place}-field"] = part.key
        sent[f"{part.place}-op"] = part.comparison
        values = [part.text] if part.control == "lines" else part.typed
        sent.setlist(f"{part.place}-value", values)
    return sent


@given(st.data(), st.sampled_from(["job", "rate"]))
def test_a_form_holds_every_filter_and_sends_what_it_was_given(data, object_type):
    tree = json.loads(json.dumps(data.draw(TREES[object_type]), default=float))
    draft = draft_of(tree, fields(object_type))

    again = draft_sent(form_of(draft), fields(object_type))

    assert again == draft
    assert filters.describe(
        filters.parse(again.tree(is_draft=False), object_type=object_type)
    ) == filters.describe(filters.parse(draft.tree(is_draft=False), object_type=object_type))
