import pytest

from baton.records.discovery.rules import (
    MOST_QUESTIONS,
    BadGuide,
    Known,
    Question,
    clean_questions,
    default_of,
    fitting,
)

METERS = Question(code="q1", text="How many meters?")
JOB = Question(code="q2", text="Your job?", fills="person.job_title")
GUIDES = [
    Known(guide_id=1, persona_ids=frozenset({7})),
    Known(guide_id=2),
    Known(guide_id=3, persona_ids=frozenset({7, 8})),
    Known(guide_id=4),
]


def test_questions_are_tidied_and_get_codes_that_no_other_had():
    typed = [Question(code="", text="  New  one "), METERS, Question(code="", text="")]

    cleaned = clean_questions(typed, fillable={"person.job_title"}, kept=[METERS, JOB])

    assert [(one.code, one.text) for one in cleaned] == [
        ("q3", "New one"),
        ("q1", "How many meters?"),
    ]


def test_two_questions_never_share_a_code():
    cleaned = clean_questions([METERS, METERS], fillable=())

    assert [one.code for one in cleaned] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ([], "Write at least one question."),
        ([JOB], "fills a field that there is not"),
        ([METERS] * (MOST_QUESTIONS + 1), "Keep 20 questions at most"),
        ([Question(code="", text="a" * 251)], "Shorten"),
        ([Question(code="", text="a", hint="b" * 501)], "Shorten"),
    ],
)
def test_nonsense_is_refused(typed, words):
    with pytest.raises(BadGuide, match=words):
        clean_questions(typed, fillable=())


def test_one_field_is_filled_by_one_question():
    with pytest.raises(BadGuide, match="same field"):
        clean_questions([JOB, JOB], fillable={"person.job_title"})


def test_field_that_is_gone_may_stay_where_it_was():
    assert clean_questions([JOB], fillable=(), kept=[JOB]) == [JOB]


@pytest.mark.parametrize(("persona", "guide"), [(7, 1), (8, 3), (9, 2), (None, 2)])
def test_first_guide_for_the_persona_else_the_first_for_everybody(persona, guide):
    assert fitting(GUIDES, persona_id=persona) == guide


def test_default_is_the_first_that_is_for_everybody():
    assert (default_of(GUIDES), default_of(GUIDES[:1])) == (2, None)
