"""Owner, colleague, outsider: who sees which screen, and who may do what there."""

from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def url(name, *args):
    return reverse(f"deals:{name}", args=args)


@pytest.fixture
def deal(company, rep):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    return a_deal(by=rep, name="120 sensors", person=lead, amount=Decimal(48_000))


@pytest.fixture
def browser(rep, signed_in):
    return signed_in(rep)


GETS = ["deal", "panel"]
POSTS = {
    "move": {"stage": "meeting"},
    "win": {"reason": "speed"},
    "lose": {"reason": "price"},
    "reopen": {},
    "next-step": {"next_step": "x"},
    "add-line": {},
    "delete": {},
}


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_outsider_finds_no_screen_and_has_no_effect(deal, outsider, signed_in, name):
    client = signed_in(outsider)
    sent = POSTS.get(name, {})
    sent = {"stage": str(a_stage("Meeting").key)} if name == "move" else sent

    answer = (
        client.post(url(name, deal.key), sent) if name in POSTS else client.get(url(name, deal.key))
    )

    fresh = Deal.objects.get()
    assert answer.status_code == 404
    assert (fresh.version, fresh.deleted_at, fresh.state) == (1, None, "open")


@pytest.mark.parametrize("name", list(POSTS))
def test_colleague_sees_and_may_not_touch(deal, colleague, signed_in, name):
    client = signed_in(colleague)
    sent = {"stage": str(a_stage("Meeting").key)} if name == "move" else POSTS[name]

    answer = client.post(url(name, deal.key), sent)

    fresh = Deal.objects.get()
    assert answer.status_code == 404
    assert (fresh.version, fresh.deleted_at) == (1, None)
    page = client.get(deal.get_absolute_url())
    assert page.status_code == 200
    assert url("field", deal.key, "amount") not in page.content.decode()


def test_foreign_undo_and_foreign_line_are_not_there(deal, rep, colleague, signed_in):
    product = a_product()
    actions.set_lines(deal=deal, lines=[actions.Line(product=product)], by=rep, at=AT)
    batch = Change.objects.filter(verb="edited").latest("pk").batch
    client = signed_in(colleague)

    assert client.post(url("undo", batch)).status_code == 404
    assert client.post(url("remove-line", deal.key, DealLine.objects.get().key)).status_code == 404
    assert DealLine.objects.count() == 1


def test_act_of_a_colleague_is_not_undone_by_the_manager(deal, rep, admin, signed_in):
    batch = new_key()
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=AT, batch=batch)

    assert signed_in(admin).post(url("undo", batch)).status_code == 404
    assert signed_in(rep).post(url("undo", batch)).status_code == 302


def test_rep_may_not_manage_pipelines_and_marketer_may_not_open_deals(
    company, rep, marketer, signed_in
):
    pipeline = actions.ensure_default_pipeline()

    assert signed_in(rep).get(url("pipelines")).status_code == 403
    assert signed_in(rep).post(url("add-stage", pipeline.key), {"name": "X"}).status_code == 403
    assert signed_in(marketer).get(url("new")).status_code == 403


def test_new_deal_with_a_foreign_person_asks_again(company, rep, outsider, signed_in):
    lead = a_person(full_name="Secret Person", owner=rep)

    page = signed_in(outsider).post(f"{url('new')}?person={lead.key}", {"name": "X"})

    assert "Secret Person" not in page.content.decode()
    assert not Deal.objects.exists()
