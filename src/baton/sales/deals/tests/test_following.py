"""Who follows a record is told what others do; who pinned it has it in the sidebar."""

from datetime import timedelta

import pytest
from django.urls import reverse

from baton.core.colleagues.interests import MOST_PINNED, set_followed, set_pinned
from baton.core.colleagues.models import Interest
from baton.core.colleagues.slots import record_kinds
from baton.core.notices.models import Notice
from baton.core.notices.queries import describe
from baton.records.people.actions import assign_owner, merge_people, trash_people, unmerge
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.timeline.actions import add_note
from baton.sales.deals.actions import lose_deal, win_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db


def kind_of(name):
    kind = record_kinds.find(name)
    assert kind
    return kind


def follow(user, record, kind="person", at=AT):
    set_followed(kind=kind_of(kind), record=record, user=user, at=at)


def pin(user, record, *, at=AT):
    set_pinned(kind=kind_of("person"), record=record, user=user, at=at)


def told(user):
    notices = list(Notice.objects.filter(user=user, kind__startswith="followed.").order_by("pk"))
    describe(notices, user=user)
    return [getattr(notice, "words", "") for notice in notices]


def test_followers_are_told_what_others_do(rep, colleague, admin, run_background):
    person = a_person(full_name="Ann Lund", owner=rep)
    for user in (rep, colleague):
        follow(user, person)

    add_note(body="Before May", person=person, by=colleague, at=AT)
    assign_owner(person=person, owner=colleague, by=admin, at=AT)
    run_background()

    assert sorted(told(rep)) == ["A note on Ann Lund", "Ann Lund has a new owner"]
    assert told(colleague) == ["Ann Lund has a new owner"]
    assert told(admin) == []


def test_followers_of_a_deal_are_told_how_it_ends(rep, colleague, run_background):
    won, lost = a_deal(by=rep, name="Meters"), a_deal(by=rep, name="Sensors")
    for deal in (won, lost):
        follow(colleague, deal, "deal")

    win_deal(deal=won, by=rep, at=AT)
    lose_deal(deal=lost, reason="no_budget", by=rep, at=AT)
    run_background()

    assert told(colleague) == ["Won: Meters", "Lost: Sensors"]


def test_who_stopped_or_cannot_see_it_is_told_nothing(rep, colleague, outsider, run_background):
    person = a_person(full_name="Ann Lund", owner=rep)
    for user in (colleague, outsider):
        follow(user, person)
    follow(colleague, person, at=None)

    add_note(body="Before May", person=person, by=rep, at=AT)
    run_background()

    assert not Notice.objects.filter(kind__startswith="followed.").exists()


def test_notice_says_nothing_once_it_is_hidden(rep, colleague, south, run_background):
    person = a_person(full_name="Ann Lund", owner=rep)
    follow(colleague, person)
    add_note(body="Before May", person=person, by=rep, at=AT)
    run_background()
    colleague.team, colleague.reached_team_ids = south, None
    colleague.save()

    assert told(colleague) == ["About something you cannot see."]


def test_follow_by_the_button_and_find_it_in_the_list(signed_in, rep, colleague):
    person = a_person(full_name="Ann Lund", owner=rep)
    a_person(full_name="Bo Ek", owner=rep)
    client = signed_in(colleague)
    url = reverse("colleagues:follow", args=["person", person.key])

    page = client.post(url, follow=True).content.decode()
    found = client.get("/people/", {"following": "1"})
    client.post(url, {"off": ""})
    then = client.get("/people/", {"following": "1"})

    assert "You follow Ann Lund." in page
    assert "Following" in page
    assert [row.object for row in found.context["list"].rows] == [person]
    assert then.context["list"].total == 0


def test_lists_of_deals_and_companies_know_what_is_followed(signed_in, rep):
    deal, company = a_deal(by=rep, name="Meters"), a_company(owner=rep, name="Lund AB")
    a_deal(by=rep), a_company(owner=rep)
    follow(rep, deal, "deal")
    follow(rep, company, "company")
    client = signed_in(rep)

    deals = client.get("/deals/", {"as": "table", "following": "1"}).context["list"]
    companies = client.get("/people/companies/", {"following": "1"}).context["list"]

    assert [row.object for row in deals.rows] == [deal]
    assert [row.object for row in companies.rows] == [company]


def test_outsider_neither_follows_nor_pins(signed_in, rep, outsider):
    person, client = a_person(owner=rep), signed_in(outsider)

    for name in ("follow", "pin"):
        url = reverse(f"colleagues:{name}", args=["person", person.key])
        assert client.post(url).status_code == 404
    assert not Interest.objects.exists()


def test_pinned_records_stand_in_the_sidebar_the_latest_first(signed_in, rep):
    first, second = (a_person(full_name=name, owner=rep) for name in ("Ann Lund", "Bo Ek"))
    client = signed_in(rep)
    pin(rep, first)
    pin(rep, second, at=AT + timedelta(minutes=1))

    shown = [one.label for one in client.get("/").context["shell"].pinned]
    trash_people(people_ids=[second.pk], by=rep, at=AT)
    then = [one.label for one in client.get("/").context["shell"].pinned]

    assert shown == ["Bo Ek", "Ann Lund"]
    assert then == ["Ann Lund"]


def test_sidebar_has_an_end(signed_in, rep):
    for _n in range(MOST_PINNED):
        pin(rep, a_person(owner=rep))
    url = reverse("colleagues:pin", args=["person", a_person(owner=rep).key])

    page = signed_in(rep).post(url, follow=True).content.decode()

    assert "Up to 10 records can be pinned. Take one away first." in page
    assert Interest.objects.pinned().count() == MOST_PINNED


def test_who_pinned_nothing_is_asked_nothing(signed_in, rep, django_assert_max_num_queries):
    client = signed_in(rep)
    client.get("/inbox/")

    with django_assert_max_num_queries(40) as asked:
        client.get("/inbox/")

    questions = [
        one["sql"] for one in asked.captured_queries if "colleagues_interest" in one["sql"]
    ]
    assert len(questions) == 1  # in the one that reads the user
    assert "access_user" in questions[0]


def test_merged_people_bring_their_followers_and_take_them_back(rep, colleague):
    kept, merged = a_person(owner=rep), a_person(owner=rep)
    follow(rep, kept)
    follow(rep, merged)
    follow(colleague, merged)

    batch = merge_people(kept=kept, merged=[merged], by=rep, at=AT)
    then = set(Interest.objects.filter(object_id=kept.pk).values_list("user__name", flat=True))
    unmerge(batch=batch, by=rep, at=AT)

    assert then == {"Teo", "Nora"}
    assert Interest.objects.filter(object_id=merged.pk).count() == 2


def test_pin_by_the_star_and_take_it_out_again(signed_in, rep):
    person, client = a_person(full_name="Ann Lund", owner=rep), signed_in(rep)
    url = reverse("colleagues:pin", args=["person", person.key])

    pinned = client.post(url, follow=True).content.decode()
    client.post(url, {"off": ""})
    then = client.get("/people/").content.decode()

    assert 'type="submit" aria-label="Take out of the sidebar"' in pinned
    fresh = client.get(person.get_absolute_url()).content.decode()
    assert 'type="submit" aria-label="Pin to the sidebar"' in fresh
    assert 'title="Change the order">Pinned</a>' in pinned
    assert "Change the order" not in then


def test_palette_opens_with_what_is_pinned_and_has_it_once(signed_in, rep):
    ann, bo = a_person(full_name="Ann Lund", owner=rep), a_person(full_name="Bo", owner=rep)
    pin(rep, ann)
    client = signed_in(rep)
    for person in (ann, bo):
        client.get(person.get_absolute_url())

    def sections(text="", **headers):
        found = client.get("/palette/", {"q": text}, headers=headers).context["found"]
        return [
            (one.name, [option.label for option in one.options])
            for one in found.sections
            if one.name in {"pinned", "recent", "person"}
        ]

    here = {"HX-Current-URL": f"http://testserver{ann.get_absolute_url()}"}
    assert sections() == [("pinned", ["Ann Lund"]), ("recent", ["Bo"])]
    assert sections("lund") == [("person", ["Ann Lund"])]
    assert sections(**here) == [("recent", ["Bo"])]
