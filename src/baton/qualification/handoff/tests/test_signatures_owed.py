"""Whoever has to sign a version of the agreement reads it in the inbox, once."""

from datetime import timedelta

import pytest

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.agreement_news import UNSIGNED, unsigned_news
from baton.qualification.handoff.rules import Kind, Side
from baton.qualification.handoff.tests.factories import AT, an_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def ines():
    return create_user(
        name="Ines", role=Role.HEAD_OF_MARKETING, email="ines@fennmark.example", password="x" * 20
    )


@pytest.fixture
def nora():
    return create_user(
        name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example", password="x" * 20
    )


def tell(minutes=0):
    notices.tell(UNSIGNED, unsigned_news(at=AT + timedelta(minutes=minutes)))
    return list(Notice.objects.order_by("pk").values_list("user__name", "what"))


def test_head_who_has_not_signed_is_told_once(ines, nora, admin, signed_in):
    an_agreement()
    draft = actions.amend_agreement(values={"threshold": 80}, by=nora, at=AT)
    actions.sign_agreement(agreement=draft, side=Side.SALES, by=nora, at=AT)

    told = tell()
    page = signed_in(ines).get("/inbox/").content.decode()

    assert told == [("Ines", "Version 2 of the agreement")]
    assert "Version 2 of the agreement waits for your signature" in page
    assert tell(minutes=1) == told
    actions.sign_agreement(agreement=draft, side=Side.MARKETING, by=ines, at=AT)
    assert tell(minutes=2) == told


def test_terms_that_change_are_told_anew(ines):
    an_agreement()
    actions.amend_agreement(values={"threshold": 80}, by=ines, at=AT)
    first = tell()
    actions.amend_agreement(values={"threshold": 90}, by=ines, at=AT)

    assert (len(first), len(tell(minutes=1))) == (1, 2)


def test_side_without_a_head_is_signed_for_by_others(nora, admin):
    an_agreement()
    draft = actions.amend_agreement(values={"threshold": 80}, by=nora, at=AT)
    actions.sign_agreement(agreement=draft, side=Side.SALES, by=nora, at=AT)

    assert [name for name, _what in tell()] == [admin.name]


def test_after_the_win_the_head_of_sales_and_who_leads_the_owners_are_told(nora, ines, admin):
    actions.amend_agreement(values={}, by=nora, at=AT, kind=Kind.OWNER)
    what = "Version 1 of the agreement “AE to customer owner”"

    assert tell() == [("Nora", what), (admin.name, what)]  # nobody leads customer owners
    create_user(
        name="Cora", role=Role.CUSTOMER_OWNER, email="c@x.example", password="x" * 20, manager=ines
    )
    assert tell(minutes=1)[2:] == [("Ines", what)]
