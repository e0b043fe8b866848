import pytest
from django.contrib.auth.models import Group

from baton.core.ui.matching import (
    MOST_LETTERS,
    MOST_WORDS,
    begin_words,
    is_called,
    is_close,
    looser,
    typed_words,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Petra   BERG ", ["petra", "berg"]),
        ("Strasse Straße", ["strasse", "strasse"]),
        ("Zoe\u0308", ["zo\u00eb"]),
        ("", []),
        ("x" * 500, ["x" * MOST_LETTERS]),
        ("a " * 20, ["a"] * MOST_WORDS),
    ],
)
def test_typed_words_are_written_as_sort_keys_are(text, words):
    assert typed_words(text) == words


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("", True),
        ("lead", True),
        ("qual lea", True),
        ("out", True),
        ("uality", False),
        ("lead person", False),
    ],
)
def test_label_is_meant_when_each_word_begins_one_of_its(text, is_meant):
    assert is_called("Lead-out quality", text) is is_meant


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("an", ["anna", "berg anna", "berg-anna"]),
        ("berg", ["berg anna", "berg-anna"]),
        ("nna", []),
        ("%", []),
        ("100%", ["100% sure"]),
        ("a_", ["a_b"]),
        ("é", ["ólafur élan"]),
    ],
)
def test_word_begins_a_word_of_the_name_letter_by_letter(word, found):
    names = ["100% sure", "a_b", "anna", "axb", "berg anna", "berg-anna", "ólafur élan"]
    Group.objects.bulk_create(Group(name=name) for name in names)

    named = Group.objects.filter(begin_words("name", [word])).values_list("name", flat=True)

    assert sorted(named) == found


@pytest.mark.parametrize(
    ("text", "tries"),
    [
        ("solstise", ["solsti", "sols"]),
        ("Nadja rahmii", ["nad rahm", "nad rah"]),
        ("anna", []),
        ("", []),
    ],
)
def test_what_finds_nothing_is_asked_with_the_beginnings_of_long_words(text, tries):
    assert looser(text) == tries


@pytest.mark.parametrize(
    ("name", "text", "is_it"),
    [
        ("Solstice Logistics", "solstise", True),
        ("Solstice Logistics", "solst", True),  # as far as it is typed
        ("Solstice Logistics", "solomon", False),
        ("Nadia Rahimi · Solstice", "rahmii nadia", True),
        ("Nadia Rahimi", "rahmii petra", False),
        ("Müller", "mulller", True),
        ("Łukasz Wiśniewski", "wisnewski", True),
        ("", "anything", False),
    ],
)
def test_name_is_close_when_each_word_nearly_begins_one_of_its(name, text, is_it):
    assert is_close(name, text) is is_it
