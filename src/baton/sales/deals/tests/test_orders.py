import pytest
from django.urls import reverse

from baton.core.changes.actions import undo
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import an_order
from baton.sales.deals.actions import OtherBuyer, link_order
from baton.sales.deals.models import DealOrder
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def links():
    return list(DealOrder.objects.values_list("deal", "order"))


def test_order_is_linked_moved_and_taken_back(admin):
    buyer = a_person()
    first, second = a_deal(person=buyer, by=admin), a_deal(person=buyer, by=admin)
    order = an_order(person=buyer)

    link_order(order=order, deal=first, by=admin, at=AT)
    batch = link_order(order=order, deal=second, by=admin, at=AT)
    assert links() == [(second.pk, order.pk)]

    undo(batch=batch, by=admin, at=AT)
    assert links() == [(first.pk, order.pk)]

    batch = link_order(order=order, deal=None, by=admin, at=AT)
    assert links() == []
    undo(batch=batch, by=admin, at=AT)
    assert links() == [(first.pk, order.pk)]


def test_order_of_a_colleague_may_belong_to_the_deal(admin):
    firm = a_company()
    deal = a_deal(person=a_person(company=firm), company=firm, by=admin)

    link_order(order=an_order(person=a_person(company=firm)), deal=deal, by=admin, at=AT)

    assert len(links()) == 1
    with pytest.raises(OtherBuyer):
        link_order(order=an_order(), deal=deal, by=admin, at=AT)


def test_link_is_offered_on_both_pages_and_never_made_by_itself(signed_in, rep):
    buyer = a_person(owner=rep)
    deal, order = a_deal(person=buyer, by=rep, owner=rep), an_order(person=buyer)
    client = signed_in(rep)
    link = reverse("deals:link-order", args=[order.key])

    assert link in client.get(order.get_absolute_url()).content.decode()
    assert link in client.get(deal.get_absolute_url()).content.decode()
    assert links() == []

    client.post(link, {"deal": deal.key, "back": "order"})
    assert links() == [(deal.pk, order.pk)]
    assert "Counted once" in client.get(order.get_absolute_url()).content.decode()
    assert "counted with the deal" in client.get(deal.get_absolute_url()).content.decode()

    client.post(link)
    assert links() == []


def test_outsider_links_nothing(signed_in, rep, outsider):
    buyer = a_person(owner=rep)
    deal, order = a_deal(person=buyer, by=rep, owner=rep), an_order(person=buyer)
    own = an_order(person=a_person(owner=outsider))
    client = signed_in(outsider)

    answers = [
        client.post(reverse("deals:link-order", args=[order.key]), {"deal": deal.key}),
        client.post(reverse("deals:link-order", args=[own.key]), {"deal": deal.key}),
        client.post(reverse("deals:link-order", args=[own.key]), {"deal": "x"}),
    ]

    assert ([answer.status_code for answer in answers], links()) == ([404, 404, 404], [])
