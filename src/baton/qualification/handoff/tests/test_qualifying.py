import pytest

from baton.qualification.handoff.rules import (
    DISQUALIFY,
    REJECT,
    After,
    Lane,
    Side,
    Standing,
    UnknownReason,
    find_reason,
    lane_for,
    sides_of,
    stage_after_verdict,
)


def standing(stage="lead", origin="marketing", score=0, **rest):
    return Standing(stage=stage, origin=origin, score=score, **rest)


@pytest.mark.parametrize(
    ("who", "lane"),
    [
        (standing(score=70), Lane.SCORE),
        (standing(score=69), None),
        (standing(score=95, stage="subscriber"), Lane.SCORE),
        (standing(score=95, origin="partner"), Lane.SCORE),
        (standing(score=95, origin="sales"), None),
        (standing(score=95, stage="mql"), None),
        (standing(score=95, stage="customer"), None),
        (standing(score=95, stage="other"), None),
        (standing(score=95, is_resting=True), None),
        (standing(score=95, has_open_handoff=True), None),
    ],
)
def test_score_qualifies_who_waits_over_the_threshold(who, lane):
    assert lane_for(who, raised_hand=False, threshold=70) is lane


@pytest.mark.parametrize(
    "who",
    [
        standing(),
        standing(stage="customer"),
        standing(stage="other"),
        standing(origin="sales"),
        standing(is_resting=True),
        standing(has_open_handoff=True),
    ],
)
def test_raised_hand_always_qualifies(who):
    assert lane_for(who, raised_hand=True, threshold=70) is Lane.HAND_RAISE


@pytest.mark.parametrize(
    ("stage", "after", "to_stage"),
    [
        ("mql", After.LEAD, "lead"),
        ("sal", After.LEAD, "lead"),
        ("sql", After.LEAD, "lead"),
        ("lead", After.LEAD, None),
        ("lead", After.OTHER, "other"),
        ("sal", After.OTHER, "other"),
        ("opportunity", After.LEAD, None),
        ("customer", After.OTHER, None),
    ],
)
def test_verdict_moves_back_only_whom_the_handoff_brought_forward(stage, after, to_stage):
    assert stage_after_verdict(stage=stage, after=after) == to_stage


def test_reasons_are_those_of_the_glossary():
    assert [reason.code for reason in REJECT] == [
        "bad_data",
        "duplicate",
        "existing_customer",
        "not_a_buyer",
        "wrong_territory",
        "no_fit",
        "bad_timing",
        "opted_out",
    ]
    assert [reason.code for reason in DISQUALIFY] == [
        "no_need",
        "no_budget",
        "no_authority",
        "bad_timing",
        "competitor",
        "no_fit",
    ]


def test_no_fit_is_final_only_after_talking():
    assert find_reason("no_fit", REJECT).after is After.LEAD
    assert find_reason("no_fit", DISQUALIFY).after is After.OTHER


def test_reason_of_another_verdict_is_unknown():
    with pytest.raises(UnknownReason):
        find_reason("no_budget", REJECT)


@pytest.mark.parametrize(
    ("role", "sides"),
    [
        ("owner", (Side.MARKETING, Side.SALES)),
        ("head_of_marketing", (Side.MARKETING,)),
        ("head_of_sales", (Side.SALES,)),
        ("rep", ()),
        ("unheard_of", ()),
    ],
)
def test_heads_sign_for_their_side_and_an_owner_for_both(role, sides):
    assert sides_of(role) == sides
