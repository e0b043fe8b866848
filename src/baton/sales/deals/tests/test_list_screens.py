import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = pytest.mark.django_db
URL = "/deals/"


def many_deals(rep, count):
    """Deals that differ in all that a card shows; written at once, without their stories."""
    now = timezone.now()
    stages = [a_stage(name) for name in ("New", "Qualified", "Meeting", "Won")]
    people = [a_person(company=a_company(), owner=rep) for _ in range(4)]
    Deal.objects.bulk_create(
        Deal(
            name=f"Deal {number}",
            sort_key=f"deal {number:03d}",
            person=people[number % 4],
            company=people[number % 4].company,
            owner=rep,
            stage=stages[number % 4],
            state=stages[number % 4].kind,
            stage_at=now - timedelta(days=number),
            touched_at=now - timedelta(days=number),
            opened_at=now - timedelta(days=number),
            closed_at=now if number % 4 == 3 else None,
            amount=1000 + number,
            base_amount=1000 + number if number % 3 else None,
            currency="EUR",
            close_on=date(2026, 1, 1) + timedelta(days=number) if number % 5 else None,
            next_step="Call" if number % 2 else "",
            next_step_on=date(2026, 1, 1) + timedelta(days=number) if number % 2 else None,
        )
        for number in range(count)
    )


def test_board_shows_columns_with_counts_sums_and_cards(company, rep, signed_in):
    employer = a_company(name="Halden Logistics")
    lead = a_person(full_name="Paul Weber", company=employer)
    a_deal(by=rep, person=lead, name="Migration", amount=Decimal(8_900))
    a_deal(by=rep, amount=Decimal(100), next_step="Call")

    page = signed_in(rep).get(URL)

    html = page.content.decode()
    new = page.context["board"].columns[0]
    assert page.status_code == 200
    assert (new.name, new.count, new.amount) == ("New", 2, Decimal(9_000))
    assert "Halden Logistics" in html
    assert "Migration · Paul Weber" in html
    assert "€8.9k" in html
    assert "No next step" in html


def test_board_won_column_holds_this_quarter_only(company, rep, signed_in):
    now = timezone.now()
    recent, old = a_deal(by=rep, at=now), a_deal(by=rep, at=now - timedelta(days=400))
    actions.win_deal(deal=recent, by=rep, at=now)
    actions.win_deal(deal=old, by=rep, at=now - timedelta(days=390))

    page = signed_in(rep).get(URL)

    won = page.context["board"].columns[-2]
    assert won.name == "Won this quarter"
    assert [card.key for card in won.cards] == [str(recent.key)]
    assert won.count == 1


def test_board_shows_eight_cards_a_column_and_then_more(company, rep, signed_in):
    new = a_stage("New")
    person = a_person()
    Deal.objects.bulk_create(
        Deal(name=f"D{n}", sort_key=f"d{n}", person=person, owner=rep, stage=new, currency="EUR")
        for n in range(50)
    )
    client = signed_in(rep)

    column = client.get(URL).context["board"].columns[0]
    assert (len(column.cards), column.count) == (8, 50)

    column = client.get(URL + column.more_url).context["board"].columns[0]
    assert (len(column.cards), column.count) == (38, 50)


def cards_of(html):
    return re.findall(r'id="card-([^"]+)"', html)


def link_to_more(html):
    found = re.search(r'hx-get="(/deals/column/[^"]+)"', html)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("name", ["New", "Won"])
def test_column_goes_on_where_its_cards_ended(company, rep, signed_in, name):
    """Many close on the same day, many on none; each stands on the board once."""
    now, stage, person = timezone.now(), a_stage(name), a_person()
    Deal.objects.bulk_create(
        Deal(
            name=f"D{n}",
            sort_key=f"d{n}",
            person=person,
            owner=rep,
            stage=stage,
            state=stage.kind,
            currency="EUR",
            close_on=now.date() + timedelta(days=n // 20) if n % 3 else None,
            closed_at=now - timedelta(minutes=n // 20) if name == "Won" else None,
        )
        for n in range(60)
    )
    client = signed_in(rep)

    shown, html = [], client.get(URL).content.decode()
    while True:
        shown += cards_of(html)
        url = link_to_more(html)
        if not url:
            break
        html = client.get(url, headers={"hx-request": "true"}).content.decode()

    whole = client.get(URL, {"more": f"{stage.key}:60"}).content.decode()
    assert len(shown) == len(set(shown)) == 60
    assert cards_of(whole) == shown


def test_column_of_others_or_with_a_forged_cursor_is_empty(company, rep, outsider, signed_in):
    many_deals(rep, 80)
    url = link_to_more(signed_in(rep).get(URL).content.decode())

    theirs = signed_in(outsider).get(url).content.decode()
    forged = signed_in(rep).get(url.replace("after=", "after=x")).content.decode()

    assert cards_of(theirs) == cards_of(forged) == []


def test_sums_are_of_all_deals_of_a_column_not_of_those_shown(company, rep, signed_in):
    many_deals(rep, 80)

    page = signed_in(rep).get(URL)

    new = page.context["board"].columns[0]
    known = sum(deal.base_amount or Decimal(0) for deal in Deal.objects.filter(stage__name="New"))
    assert (len(new.cards), new.count) == (8, 20)
    assert (new.amount, new.weighted) == (known, known / 10)
    assert "weighted" in page.content.decode()


@pytest.mark.parametrize("url", [URL, URL + "?as=table", URL + "?as=table&view=won"])
def test_query_count_does_not_grow_with_the_deals(
    company, rep, signed_in, url, django_assert_max_num_queries
):
    client = signed_in(rep)
    many_deals(rep, 4)
    with django_assert_max_num_queries(22) as few:
        client.get(url)
    many_deals(rep, 30)

    with django_assert_max_num_queries(len(few)):
        page = client.get(url)

    assert page.status_code == 200


def test_table_lists_what_the_view_asks_for(company, rep, signed_in):
    now = timezone.now()
    quiet = a_deal(by=rep, at=now - timedelta(days=45), next_step="Call")
    fresh = a_deal(by=rep, at=now, close_on=now.date())
    won = actions.win_deal(deal=a_deal(by=rep, at=now), by=rep, at=now)
    client = signed_in(rep)

    def shown(view):
        page = client.get(URL, {"as": "table", "view": view})
        return {row.object.pk for row in page.context["list"].rows}

    assert shown("open") == {quiet.pk, fresh.pk}
    assert shown("idle") == {quiet.pk}
    assert shown("no_step") == {fresh.pk}
    assert shown("closing") == {fresh.pk}
    assert shown("won") == {won.pk}
    assert shown("lost") == set()
    actions.create_pipeline(name="Renewals")
    beside = a_deal(by=rep, stage=Stage.objects.get(name="New", pipeline__name="Renewals"))
    assert shown("all") == {quiet.pk, fresh.pk, won.pk, beside.pk}


@pytest.mark.parametrize("sort", ["name", "-name", "amount", "-close_on", "next_step", "stage_at"])
def test_table_sorts_and_pages(company, rep, signed_in, sort):
    many_deals(rep, 40)
    client = signed_in(rep)

    first = client.get(URL, {"as": "table", "sort": sort}).context["list"]
    second = client.get(URL + first.next_url).context["list"]

    ids = [row.object.pk for page in (first, second) for row in page.rows]
    assert len(ids) == len(set(ids)) == 30


def test_heads_say_what_our_words_mean(company, rep, signed_in):
    a_deal(owner=rep)

    page = signed_in(rep).get(URL, {"as": "table"}).content.decode()

    explained = re.findall(r'<abbr class="term" title="[^"]+">([^<]+)</abbr>', page)
    assert explained == ["Deal", "Stage", "Next step", "Owner"]


def test_quick_filter_finds_by_deal_company_and_person(company, rep, signed_in):
    by_name = a_deal(by=rep, name="Sensor rollout")
    by_person = a_deal(by=rep, person=a_person(full_name="Sensia Berg"))
    by_company = a_deal(by=rep, company=a_company(name="Sensor Works"))
    a_deal(by=rep, name="Other")

    def found(text):
        page = signed_in(rep).get(URL, {"as": "table", "q": text})
        return {row.object.pk for row in page.context["list"].rows}

    assert found("SENS") == {by_name.pk, by_person.pk, by_company.pk}
    assert found("Sensia Berg") == {by_person.pk}


def test_whose_narrows_to_mine_and_team(company, rep, colleague, admin, signed_in):
    mine, theirs = a_deal(by=rep), a_deal(by=colleague)
    client = signed_in(rep)

    def shown(whose):
        page = client.get(URL, {"as": "table", "whose": whose})
        return {row.object.pk for row in page.context["list"].rows}

    assert shown("mine") == {mine.pk}
    assert shown("team") == {mine.pk, theirs.pk}
    assert shown("all") == {mine.pk, theirs.pk}  # a rep sees no further than the team


def test_board_of_an_empty_company_says_what_to_do(company, rep, signed_in):
    html = signed_in(rep).get(URL).content.decode()

    assert "Open the first one" in html
    assert reverse("deals:new") in html


def test_outsider_sees_no_foreign_deal_in_board_table_or_figures(company, rep, outsider, signed_in):
    a_deal(by=rep, name="Secret", amount=Decimal(77_700))
    client = signed_in(outsider)

    for url in (URL, URL + "?as=table", URL + "?whose=all"):
        html = client.get(url).content.decode()
        assert "Secret" not in html
        assert "77.7k" not in html


@pytest.mark.parametrize(
    "query",
    [
        "?whose=everybody&view=none&pipeline=x",
        "?more=abc:999999999999&more=:&more=-1",
        "?q=%07%07",
        "?q=" + "a" * 3000,
        "?as=table&sort=password&after=zzz",
        "?as=<script>alert(1)</script>",
    ],
)
def test_list_bears_any_address(company, rep, signed_in, query):
    a_deal(by=rep)

    page = signed_in(rep).get(URL + query)

    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_empty_board_and_table_offer_a_deal_to_those_who_may_open_one(company, rep, signed_in):
    viewer = create_user(name="Vera", role="viewer", email="vera@fennmark.example")

    for layout in ("board", "table"):
        told = [
            signed_in(user).get("/deals/", {"as": layout}).content.decode()
            for user in (rep, viewer)
        ]

        assert ["/deals/new/" in page for page in told] == [True, False]
