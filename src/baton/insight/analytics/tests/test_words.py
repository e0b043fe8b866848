import pytest

from baton.insight.analytics.words import group_label, reason_label


@pytest.mark.parametrize(
    ("reason", "kind", "words"),
    [
        ("not_a_buyer", "handoff", "Student, competitor, supplier"),
        ("competitor", "deal", "Went with a competitor, deal lost"),
        ("no_answer", "deal", "No answer any more, deal lost"),
        ("a_reason_of_ours", "handoff", "A reason of ours"),
        ("a_reason_of_ours", "deal", "A reason of ours, deal lost"),
    ],
)
def test_reasons_are_called_as_their_owners_call_them(reason, kind, words):
    assert reason_label(reason, kind=kind) == words


@pytest.mark.parametrize(
    ("by", "label", "words"),
    [
        ("source", "display", "Display"),
        ("source", "sales", "Found by sales"),
        ("source", "unknown", "Unknown"),
        ("source", "LinkedIn Ads", "LinkedIn Ads"),
        ("origin", "customer", "Customer"),
        ("origin", "", "No origin"),
        ("landing_page", "b_c", "b_c"),
    ],
)
def test_groups_are_called_as_people_say_them(by, label, words):
    assert group_label(by, label) == words
