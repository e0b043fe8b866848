from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.money.models import Rate
from baton.marketing.campaigns.models import Cost
from baton.operations.administration import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ON = date(2026, 3, 1)
FORM = {"currency": "usd", "on": "2026-03-01", "rate": "0.9"}


def a_cost(on=ON, **over):
    values = {"kind": "ads", "amount": 100, "currency": "USD", "from_on": on, "to_on": on}
    return Cost.objects.create(**{**values, **over})


def worth(*records):
    for record in records:
        record.refresh_from_db()
    return [record.base_amount for record in records]


def known():
    return list(Rate.objects.living().values_list("currency", "on", "rate"))


def test_rate_is_added_corrected_and_taken_back_on_screen(admin, signed_in):
    browser, address = signed_in(admin), reverse("administration:rates")

    browser.post(address, FORM)
    corrected = browser.post(address, {**FORM, "rate": "0.95"}, follow=True)
    before_undo = known()
    (message,) = [one for one in corrected.context["messages"] if "0.95" in str(one)]
    browser.post(message.extra_tags.removeprefix("undo:"))

    assert before_undo == [("USD", ON, Decimal("0.95"))]
    assert known() == [("USD", ON, Decimal("0.9"))]


def test_deals_and_costs_that_waited_get_their_worth(admin, rep, signed_in, run_background):
    from_open, waiting_won = (
        a_deal(by=rep, amount=Decimal(1000), currency="USD", at=AT) for _ in range(2)
    )
    Deal.objects.filter(pk=waiting_won.pk).update(state="won", closed_at=AT)
    cost, earlier = a_cost(), a_cost(on=date(2026, 2, 1))
    assert worth(from_open, waiting_won, cost, earlier) == [None] * 4

    shown = signed_in(admin).get(reverse("administration:rates")).content.decode()
    signed_in(admin).post(reverse("administration:rates"), FORM)
    run_background()

    assert "No rate of USD is known for the days of 2 deals, 2 costs." in shown
    assert worth(from_open, waiting_won, cost, earlier) == [900, 900, 90, None]


def test_corrected_rate_mends_what_it_valued_and_nothing_else(admin, rep, run_background):
    put = {"currency": "USD", "by": admin, "at": AT}
    actions.save_rate(on=ON, rate=Decimal(9), **put)
    frozen, by_other = (a_deal(by=rep, amount=Decimal(1000), currency="USD") for _ in range(2))
    closed = {"state": "won", "closed_at": AT}
    Deal.objects.filter(pk=frozen.pk).update(**closed)
    Deal.objects.filter(pk=by_other.pk).update(**closed, rate_on=date(2026, 3, 2), base_amount=7)
    cost = a_cost()
    run_background()

    actions.save_rate(on=ON, rate=Decimal("0.9"), **put)
    run_background()

    assert worth(frozen, by_other, cost) == [900, 7, 90]


def test_rate_that_is_entered_late_values_what_closed_on_its_day_or_after(
    admin, rep, run_background
):
    put = {"currency": "USD", "by": admin, "at": AT}
    actions.save_rate(on=date(2026, 2, 1), rate=Decimal("0.8"), **put)
    before, after = (a_deal(by=rep, amount=Decimal(1000), currency="USD") for _ in range(2))
    valued = {"state": "won", "rate_on": date(2026, 2, 1), "base_amount": 800}
    midnight = datetime(2026, 2, 28, 23, tzinfo=UTC)  # in Berlin the first of March begins
    Deal.objects.filter(pk=before.pk).update(**valued, closed_at=midnight - timedelta(seconds=1))
    Deal.objects.filter(pk=after.pk).update(**valued, closed_at=midnight)
    run_background()

    actions.save_rate(on=ON, rate=Decimal("0.9"), **put)
    run_background()

    assert worth(before, after) == [800, 900]


def test_deal_says_of_which_day_its_rate_is(admin, rep, signed_in, run_background):
    deal = a_deal(by=rep, amount=Decimal(1000), currency="USD", at=AT)
    actions.save_rate(currency="USD", on=ON, rate=Decimal("0.9"), by=admin, at=AT)
    run_background()

    page = signed_in(admin).get(f"/deals/{deal.key}/").content.decode()

    assert ("€900" in page, "rate of 1 Mar" in page) == (True, True)


def test_removed_rate_leaves_amounts_unknown_until_it_is_back(
    admin, rep, signed_in, run_background
):
    browser, deal = signed_in(admin), a_deal(by=rep, amount=Decimal(1000), currency="USD")
    cost = a_cost()
    rate, _batch = actions.save_rate(currency="USD", on=ON, rate=Decimal("0.9"), by=admin, at=AT)
    run_background()

    answer = browser.post(reverse("administration:remove-rate", args=[rate.pk]), follow=True)
    run_background()
    without = worth(deal, cost)
    (message,) = answer.context["messages"]
    browser.post(message.extra_tags.removeprefix("undo:"))
    run_background()

    assert (without, worth(deal, cost)) == ([None, None], [900, 90])


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"currency": "XYZ"}, "currency"),
        ({"currency": "EUR"}, "currency"),
        ({"rate": "0"}, "rate"),
        ({"rate": "much"}, "rate"),
        ({"on": "yesterday"}, "on"),
    ],
)
def test_bad_rate_is_refused_with_the_form(admin, signed_in, over, field):
    answer = signed_in(admin).post(reverse("administration:rates"), {**FORM, **over})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("who", ["rep", "outsider"])
def test_rates_are_set_by_admins_only(request, signed_in, api_client, who):
    user = request.getfixturevalue(who)
    address = "/api/v1/administration/rates/USD/2026-03-01/"

    page = signed_in(user).post(reverse("administration:rates"), FORM)
    route = api_client(user).put(address, {"rate": "0.9"}, content_type="application/json")

    assert (page.status_code, route.status_code, known()) == (403, 403, [])


def test_rate_is_set_and_removed_over_the_api(admin, api_client):
    client, address = api_client(admin), "/api/v1/administration/rates/USD/2026-03-01/"
    sent = {"rate": "0.9", "source": "ECB"}

    answer = client.put(address, sent, content_type="application/json")
    listed = client.get("/api/v1/administration/rates/").json()["items"]
    bad = client.put("/api/v1/administration/rates/EUR/2026-03-01/", sent, "application/json")
    gone = client.delete(address)

    assert answer.json()["source"] == "ECB"
    assert [(one["currency"], one["on"], Decimal(one["rate"])) for one in listed] == [
        ("USD", "2026-03-01", Decimal("0.9"))
    ]
    assert (bad.status_code, gone.status_code, client.delete(address).status_code) == (
        409,
        204,
        404,
    )
