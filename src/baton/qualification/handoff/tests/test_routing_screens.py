"""Territories, named accounts, reps, decisions and the trial, on screen."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import (
    Handoff,
    NamedAccount,
    Offer,
    Pool,
    PoolMember,
    RepProfile,
    RoutingRule,
    Territory,
)
from baton.qualification.handoff.queries.checks import problems
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, a_rep
from baton.qualification.handoff.views import decided
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FRANCE = {"field": "person.country", "op": "is", "value": "France"}
SPAIN = {"field": "person.country", "op": "is", "value": "Spain"}


@pytest.fixture
def nora():
    return create_user(name="Nora", role=Role.HEAD_OF_SALES, email="nora@fennmark.example")


@pytest.fixture
def desk(signed_in, nora):
    return signed_in(nora)


def text(answer):
    return answer.content.decode()


def a_rule(name, condition, *, pool, position=1, **over):
    values = {"name": name, "condition": condition, "pool": pool, "position": position}
    return actions.save_routing_rule(values=values | over, by=None, at=AT)


def test_territory_is_made_changed_moved_and_deleted_with_undo(desk, teo, ravi):
    a_default_pool(teo, ravi)
    typed = {"name": "Sud", "owner": f"rep {teo.key}", "countries": "France, Spain", "is_active": 1}

    empty = desk.post(reverse("handoff:new-territory"), typed | {"countries": ""})
    desk.post(reverse("handoff:new-territory"), typed)
    desk.post(reverse("handoff:new-territory"), typed | {"name": "Nord", "countries": "Norway"})

    assert empty.status_code == 422
    assert "Say what lies in it" in text(empty)
    sud, nord = Territory.objects.living()
    assert (sud.rep, sud.countries) == (teo, ["France", "Spain"])
    page = text(desk.get(reverse("handoff:routing")))
    assert "Try Nord earlier" in page
    desk.post(reverse("handoff:move-territory", args=[nord.key]), {"place": 1})
    assert [one.name for one in Territory.objects.living()] == ["Nord", "Sud"]
    answer = desk.post(reverse("handoff:delete-territory", args=[nord.key]), follow=True)
    assert [one.name for one in Territory.objects.living()] == ["Sud"]
    found = re.search(r"/changes/([0-9a-f-]{36})/undo/", text(answer))
    assert found
    desk.post(reverse("changes:undo", args=[found[1]]))
    assert Territory.objects.living().count() == 2


def test_named_accounts_are_pasted_and_what_is_wrong_stays_in_the_field(desk, teo):
    a_default_pool(teo)
    a_company(name="Big Dairy")
    typed = {"text": "Big Dairy\nNobody Ltd", "owner": f"rep {teo.key}"}

    answer = desk.post(reverse("handoff:named"), typed)

    assert answer.status_code == 422
    assert "there is no company “Nobody Ltd”" in text(answer)
    assert "Nobody Ltd</textarea>" in text(answer)
    row = NamedAccount.objects.get()
    assert (str(row), row.rep) == ("Big Dairy", teo)
    desk.post(reverse("handoff:delete-account", args=[row.key]))
    assert not NamedAccount.objects.living().exists()


def test_named_accounts_are_found_by_what_was_typed_however_it_was_typed(desk, teo):
    a_default_pool(teo)
    a_company(name="Big Dairy")
    desk.post(reverse("handoff:named"), {"text": "Big Dairy", "owner": f"rep {teo.key}"})

    for typed, is_there in (("  big   dairy ", True), ("small", False)):
        page = desk.get(reverse("handoff:named"), {"q": typed})
        assert ("Big Dairy" in text(page)) is is_there


def test_rep_says_what_they_speak_and_the_table_opens_their_leads(desk, teo):
    a_default_pool(teo)
    a_handoff()

    desk.post(
        reverse("handoff:rep", args=[teo.key]), {"languages": "Deutsch, fr", "skills": "Food"}
    )

    said = RepProfile.objects.get(user=teo)
    assert (said.languages, said.skills) == (["de", "fr"], ["food"])
    page = text(desk.get(reverse("handoff:reps")))
    assert "German, French" in page
    assert f"?rep={teo.key}&amp;state=offered" in page


def test_pool_becomes_a_queue_with_its_clock(desk, teo):
    a_default_pool(teo)
    pool = actions.create_pool(name="France", by=None, at=AT)
    page = reverse("handoff:pool", args=[pool.key])
    typed = {"name": "France", "is_pull": "on", "clock_minutes": 15, "version": pool.version}

    desk.post(page, typed)
    lost = desk.post(page, typed | {"name": "Gaul"})

    pool.refresh_from_db()
    assert (pool.is_pull, pool.clock_minutes, pool.name) == (True, 15, "France")
    assert lost.status_code == 422
    assert "queue, 15 working minutes" in text(desk.get(reverse("handoff:routing")))


def test_decisions_are_read_in_words_and_narrowed(desk, teo, ravi):
    a_default_pool(teo)
    lead = a_handoff(person=a_person(full_name="Lena Fischer"))
    actions.give_to(handoff=lead, rep=ravi, by=teo, at=AT, reason="Knows them from school")

    page = text(desk.get(reverse("handoff:log")))
    by_hand = text(desk.get(reverse("handoff:log"), {"how": "by_hand"}))
    nothing = text(desk.get(reverse("handoff:log"), {"how": "territory"}))

    assert page.count("Lena Fischer") == 2
    assert "Because: Knows them from school" in by_hand
    assert by_hand.count("Lena Fischer") == 1
    assert "No decision is like that" in nothing


def test_older_decisions_follow_by_time_also_where_the_past_was_written_later(
    desk, teo, monkeypatch
):
    a_default_pool(teo)
    monkeypatch.setattr(decided, "PAGE", 1)
    for name in ("Ann Now", "Ben Then", "Cid Before"):
        a_handoff(person=a_person(full_name=name))
    for days, offer in enumerate(Offer.objects.order_by("pk")):
        Offer.objects.filter(pk=offer.pk).update(offered_at=AT + timedelta(days=-days))

    first = text(desk.get(reverse("handoff:log")))
    [older] = re.findall(r'href="(\?before=\d+)"', first)
    second = text(desk.get(reverse("handoff:log") + older))
    [oldest] = re.findall(r'href="(\?before=\d+)"', second)
    third = text(desk.get(reverse("handoff:log") + oldest))

    assert "Ann Now" in first
    assert "Ben Then" in second
    assert "Cid Before" in third
    assert re.findall(r'href="(\?before=\d+)"', third) == []
    assert "Ann Now" in text(desk.get(reverse("handoff:log"), {"before": "9" * 5000}))


def test_what_never_fires_and_where_nobody_is_is_said(teo):
    pool = a_default_pool(teo)
    a_rule("France", FRANCE, pool=pool)
    a_rule(
        "Big France",
        {"all": [FRANCE, {"field": "person.company", "op": "is_set"}]},
        pool=pool,
        position=2,
    )
    a_rule("Both", {"all": [FRANCE, SPAIN]}, pool=pool, position=3)
    actions.create_pool(name="Empty", by=None, at=AT)

    said = problems(at=AT)

    assert said == [
        "The rule “Big France” never fires while somebody is free at “France”, which takes all of "
        "its.",
        "The rule “Both” never fires: what it asks for contradicts itself.",
        "Nobody in “Empty” can answer leads.",
        "Nobody in “Leads nobody took” can answer leads.",
    ]


def test_rule_is_tried_on_last_month_before_it_is_saved(desk, teo, ravi):
    a_default_pool(teo)
    other = actions.create_pool(name="France", by=None, at=AT)
    actions.set_member(pool=other, user=ravi, by=None, at=AT)
    at = timezone.now() - timedelta(days=3)
    a_handoff(person=a_person(full_name="Clara Moreau", country="France"), at=at)
    a_handoff(person=a_person(full_name="Jan Berg", country="Norway"), at=at)
    before = (Offer.objects.count(), list(PoolMember.objects.values_list("pk", "credit")))
    typed = {
        "name": "French",
        "pool": str(other.key),
        "position": 1,
        "is_active": "on",
        "join": "all",
        "row-0-field": "person.country",
        "row-0-op": "is",
        "row-0-value": "France",
        "try": "1",
    }

    tried = desk.post(reverse("handoff:new-rule"), typed, follow=True)
    page, again = text(tried), desk.get(tried.context["form_url"])

    assert (again.context["form"]["name"].value(), again.context["rule"]) == ("French", None)
    assert 'value="France"' in text(again)  # what was typed stands in the form again
    assert "Clara Moreau" in page
    assert "Jan Berg" not in page  # would not go elsewhere
    assert not RoutingRule.objects.exists()
    assert (Offer.objects.count(), list(PoolMember.objects.values_list("pk", "credit"))) == before
    assert "Clara Moreau" in text(
        desk.get(reverse("handoff:trial"), {"side": "now", "rep": teo.pk})
    )
    assert "of 2 in 30 days" in page


def test_trial_without_leads_says_so(desk):
    assert "there is nothing to try" in text(desk.get(reverse("handoff:trial")))


def test_trial_costs_as_many_queries_for_many_leads(desk, teo):
    a_default_pool(teo)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(reverse("handoff:trial")).status_code == 200
        return len(queries)

    a_handoff(at=timezone.now() - timedelta(days=2))
    few = asked()
    for _ in range(6):
        a_handoff(at=timezone.now() - timedelta(days=1))
    assert asked() == few


def test_decision_costs_as_many_queries_with_many_rules_and_reps(teo):
    pool = a_default_pool(teo)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            a_handoff(person=a_person(country="Chad"))
        return len(queries)

    a_rule("France", FRANCE, pool=pool)
    asked()
    few = asked()
    for number in range(30):
        value = f"Land {number}"
        a_rule(value, FRANCE | {"value": value}, pool=pool, position=number)
        actions.set_member(pool=pool, user=a_rep(), by=None, at=AT)

    assert asked() == few
    folded = Handoff.objects.latest("pk").offers.get().decision["tried"]
    assert max(len(step.get("names", ())) for step in folded) == 31


def test_wrong_territory_on_the_desk_says_to_whom_it_goes(signed_in, teo, ravi):
    a_default_pool(teo)
    lead = a_handoff()
    a_default_pool(ravi)
    typed = {"reason": "wrong_territory", "note": "Buys in Lyon"}

    answer = signed_in(teo).post(reverse("handoff:reject", args=[lead.key]), typed, follow=True)

    assert "It goes on to Ravi" in text(answer)
    assert Pool.objects.living().count() == 2


def test_who_only_answers_reads_and_changes_nothing(signed_in, teo):
    a_default_pool(teo)
    client = signed_in(teo)

    assert client.get(reverse("handoff:named")).status_code == 200
    assert client.post(reverse("handoff:named"), {"text": "x.example"}).status_code == 403
    assert client.get(reverse("handoff:new-territory")).status_code == 403
    assert client.get(reverse("handoff:trial")).status_code == 403
