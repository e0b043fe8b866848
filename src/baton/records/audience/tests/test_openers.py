import pytest

from baton.records.audience.actions import create_persona, edit_persona
from baton.records.audience.actions.personas import BadPersona
from baton.records.audience.rules import Known, filled, opener_of, quoted
from baton.records.audience.tests.factories import AT, a_persona

ANN = {"first_name": "Ann", "company": "Fenn", "words": "Grants?", "page": "", "talk": ""}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Good morning, {first_name}.", "Good morning, Ann."),
        ("You read {page}.", ""),
        ("{first_name} of {company}: {page}", ""),
        ("Nothing to fill", "Nothing to fill"),
    ],
)
def test_sentence_is_filled_whole_or_not_said(sentence, said):
    assert filled(sentence, ANN) == said


@pytest.mark.parametrize(
    ("sentences", "text", "used", "is_usual"),
    [
        (["Hello", "You wrote {words}"], "You wrote Grants?", (Known.WORDS,), False),
        (["Hello {company}", "Hello {first_name}"], "Hello Fenn", (Known.COMPANY,), False),
        (["You read {page}"], "Usual Ann", (Known.FIRST_NAME,), True),
        ([], "Usual Ann", (Known.FIRST_NAME,), True),
    ],
)
def test_sentence_that_says_most_opens_the_call(sentences, text, used, is_usual):
    found = opener_of(sentences, ["Usual {first_name}", "Usual {page}"], ANN)

    assert found
    assert (found.text, found.used, found.is_usual) == (text, used, is_usual)


def test_without_anything_sayable_there_is_no_opener():
    assert opener_of(["{page}"], ["{talk}"], ANN) is None


def test_long_words_are_cut_between_words():
    assert quoted("word " * 60).endswith("word …")
    assert len(quoted("word " * 60)) <= 122


@pytest.mark.django_db
def test_sentence_that_nobody_could_fill_is_refused():
    with pytest.raises(BadPersona, match=r"known as \{firstname\}"):
        create_persona(values={"name": "A", "sentences": ["Hi {firstname}"]}, by=None, at=AT)
    persona = a_persona(sentences=["Hi {first_name}"])
    with pytest.raises(BadPersona):
        edit_persona(persona=persona, values={"sentences": ["{x}"]}, version=None, by=None, at=AT)
