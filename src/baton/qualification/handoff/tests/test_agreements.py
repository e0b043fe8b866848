from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.marketing.capture.models import Form
from baton.marketing.capture.tests.factories import a_form
from baton.qualification.handoff import actions, queries
from baton.qualification.handoff.actions import BadAgreement, BadPool, MayNotSign, NothingToSign
from baton.qualification.handoff.models import Agreement, PoolMember
from baton.qualification.handoff.rules import Kind, Side
from baton.qualification.handoff.terms import changes
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_rep, an_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def ines():
    return create_user(name="Ines", role=Role.HEAD_OF_MARKETING)


@pytest.fixture
def nora():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES)


def test_first_agreement_is_signed_by_one_for_both_sides(admin):
    agreement = actions.ensure_first_agreement(by=admin, at=AT)

    assert (agreement.version, agreement.threshold, agreement.valid_from) == (1, 70, AT)
    assert agreement.signed_sides() == [Side.MARKETING, Side.SALES]
    assert actions.ensure_first_agreement(by=admin, at=AT) == agreement
    assert Agreement.objects.count() == 1


def test_draft_is_in_force_once_both_have_signed(ines, nora):
    first = an_agreement()
    draft = actions.amend_agreement(values={"threshold": 80}, by=ines, at=AT)

    actions.sign_agreement(agreement=draft, side=Side.MARKETING, by=ines, at=AT)
    assert queries.agreement_in_force() == first
    actions.sign_agreement(agreement=draft, side=Side.SALES, by=nora, at=AT + timedelta(hours=1))

    in_force = queries.agreement_in_force()
    assert in_force is not None
    assert (in_force.version, in_force.threshold) == (2, 80)
    assert in_force.valid_from == AT + timedelta(hours=1)


def test_unsigned_draft_changes_in_place(ines):
    an_agreement()

    actions.amend_agreement(values={"threshold": 80}, by=ines, at=AT)
    draft = actions.amend_agreement(values={"attempts": 7}, by=ines, at=AT)

    assert (draft.version, draft.threshold, draft.attempts) == (2, 80, 7)


def test_what_a_side_has_signed_never_changes(ines, signed_in):
    an_agreement()
    draft = actions.amend_agreement(values={"threshold": 80}, by=ines, at=AT)
    actions.sign_agreement(agreement=draft, side=Side.MARKETING, by=ines, at=AT)

    newer = actions.amend_agreement(values={"threshold": 60}, by=ines, at=AT)

    draft.refresh_from_db()
    assert (draft.threshold, newer.version, newer.threshold) == (80, 3, 60)
    with pytest.raises(NothingToSign):
        actions.sign_agreement(agreement=draft, side=Side.MARKETING, by=ines, at=AT)
    page = signed_in(ines).get(reverse("handoff:agreement")).content.decode()
    assert page.count(">Draft<") == page.count(">Never signed by both<") == 1


def test_version_in_force_never_changes(ines):
    first = an_agreement()

    actions.amend_agreement(values={"threshold": 80}, by=ines, at=AT)

    first.refresh_from_db()
    assert first.threshold == 70


def test_nobody_signs_what_names_who_has_left_since_or_a_pool_that_is_gone(admin, ravi):
    pool = actions.create_pool(name="AE", team=None, by=admin, at=AT)
    one = {"gives": "one", "given_to_id": ravi.pk}
    named = actions.amend_agreement(values=one, by=admin, at=AT, kind=Kind.OWNER)
    closers = {"pool_id": pool.pk, "is_on": True}
    closing = actions.amend_agreement(values=closers, by=admin, at=AT, kind=Kind.EXECUTIVE)
    actions.sign_agreement(agreement=named, side=Side.SALES, by=admin, at=AT)
    User.objects.filter(pk=ravi.pk).update(is_active=False)
    actions.delete_pool(pool=pool, by=admin, at=AT)

    with pytest.raises(BadAgreement, match="which colleague gets new customers"):
        actions.sign_agreement(agreement=named, side=Side.CUSTOMERS, by=admin, at=AT)
    with pytest.raises(BadAgreement, match="the pool of account executives"):
        actions.sign_agreement(agreement=closing, side=Side.SALES, by=admin, at=AT)

    assert not Agreement.objects.signed().exists()


@pytest.mark.parametrize("side", list(Side))
def test_rep_signs_for_nobody(side):
    agreement = actions.amend_agreement(values={}, by=None, at=AT)

    with pytest.raises(MayNotSign):
        actions.sign_agreement(agreement=agreement, side=side, by=a_rep(), at=AT)


def test_head_signs_for_their_own_side_only(ines):
    agreement = actions.amend_agreement(values={}, by=ines, at=AT)

    with pytest.raises(MayNotSign):
        actions.sign_agreement(agreement=agreement, side=Side.SALES, by=ines, at=AT)


def test_signing_twice_keeps_the_first_signature(ines):
    agreement = actions.amend_agreement(values={}, by=ines, at=AT)
    actions.sign_agreement(agreement=agreement, side=Side.MARKETING, by=ines, at=AT)

    signed = actions.sign_agreement(
        agreement=agreement, side=Side.MARKETING, by=ines, at=AT + timedelta(days=1)
    )

    assert signed.signed_for_marketing_at == AT


@pytest.mark.parametrize(
    "values",
    [
        {"accept_minutes": 0},
        {"attempts": None},
        {"grace_minutes": -1},
        {"hand_raise_accept_minutes": 120},
        {"attempt_days": 61},
        {"respond_minutes": 10_001},
        {"mqls_a_month": 1_000_001},
    ],
)
def test_numbers_that_nobody_could_keep_are_refused(values):
    with pytest.raises(BadAgreement):
        actions.amend_agreement(values=values, by=None, at=AT)


def test_database_holds_no_valid_version_without_signatures():
    agreement = actions.amend_agreement(values={}, by=None, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(valid_from=AT)


def test_members_come_and_go_and_reset_nobody():
    teo, ravi, sam = a_rep(), a_rep(), a_rep()
    pool = a_default_pool(teo, ravi)
    PoolMember.objects.filter(user=teo).update(credit=3)
    PoolMember.objects.filter(user=ravi).update(credit=-1)

    actions.set_member(pool=pool, user=sam, by=None, at=AT)
    actions.remove_member(pool=pool, user=ravi, by=None, at=AT)

    assert dict(PoolMember.objects.values_list("user_id", "credit")) == {teo.pk: 3, sam.pk: 1}


def test_marketer_takes_no_turns(marketer):
    pool = a_default_pool()

    with pytest.raises(BadPool, match="Mara answers no leads"):
        actions.set_member(pool=pool, user=marketer, by=None, at=AT)


@pytest.mark.parametrize("over", [{"weight": 0}, {"open_cap": 0}])
def test_weight_and_cap_are_one_or_more(over):
    pool = a_default_pool()

    with pytest.raises(BadPool):
        actions.set_member(pool=pool, user=a_rep(), by=None, at=AT, **over)


def test_pools_that_routing_needs_stay():
    for pool in actions.ensure_pools(at=AT):
        with pytest.raises(BadPool):
            actions.delete_pool(pool=pool, by=None, at=AT)


def test_kinds_that_there_are_not_cost_no_kept_question_each():
    an_agreement()
    kept = set()

    for number in range(3):
        assert queries.agreement_in_force(f"kind {number}") is None
        kept.add(len(connection.__dict__["baton_prepared"]))

    assert len(kept) == 1
    assert queries.agreement_in_force() is not None


def test_draft_says_what_it_changes_in_time_and_names(ines):
    Form.objects.create(name="Request a demo", sort_key="request a demo", code="demo")
    before = an_agreement({"accept_minutes": 60, "idle_days": 10})
    goal = {"revenue_goal": 50_000, "marketing_share": 60}
    values = {"accept_minutes": 30, "idle_days": 1, "hand_raise_forms": ["demo"], **goal}
    draft = actions.amend_agreement(values=values, by=ines, at=AT)

    said = {label: (now, then) for label, now, then in changes(before, draft)}

    assert said["Accept or reject within"] == ("1 working hour", "30 working minutes")
    assert said["No deal lies idle for"] == ("10 working days", "1 working day")
    assert said["Forms that raise a hand"][1] == "Request a demo"
    assert (said["Revenue goal a month"], said["Marketing's share"]) == (
        ("–", "€50,000"),
        ("–", "60 %"),
    )


def test_form_that_is_not_there_is_told_where_it_is_agreed_on(ines, signed_in):
    an_agreement({"hand_raise_forms": ["demo", "contact"]})
    a_form(code="demo", name="Ask for a demo")
    places = ("handoff:agreement", "handoff:amend")

    pages = [signed_in(ines).get(reverse(place)).content.decode() for place in places]

    assert ["contact (no such form)" in page for page in pages] == [True, True]
    assert ["Ask for a demo" in page for page in pages] == [True, True]


def test_page_of_a_form_says_whether_it_raises_a_hand(ines, signed_in):
    an_agreement({"hand_raise_forms": ["demo"]})
    pages = [
        signed_in(ines).get(a_form(code=code).get_absolute_url()).content.decode()
        for code in ("demo", "guide")
    ]

    assert ["sales is asked at once, whatever the score" in page for page in pages] == [True, False]
    assert ["let the agreement name this form" in page for page in pages] == [False, True]


def test_another_form_of_the_same_name_is_told_by_its_code(ines):
    for code in ("demo", "demo-2"):
        Form.objects.create(name="Request a demo", sort_key="request a demo", code=code)
    before = an_agreement({"hand_raise_forms": ["demo"]})
    draft = actions.amend_agreement(values={"hand_raise_forms": ["demo-2"]}, by=ines, at=AT)

    [(_label, now, then)] = changes(before, draft)

    assert (now, then) == ("Request a demo (demo)", "Request a demo (demo-2)")
