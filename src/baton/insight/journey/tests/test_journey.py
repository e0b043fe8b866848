"""The map is read, drawn anew and filled; who may not is told so, and bad input keeps its text."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from baton.core.changes.actions import NothingToUndo, undo
from baton.insight.journey.actions import BadJourney, draw_map, hide_content, show_content
from baton.insight.journey.models import BuyerStage, Shown
from baton.insight.journey.queries import gaps_now, spots
from baton.insight.journey.rules import MAPPED, Code
from baton.insight.journey.tests.factories import AT, a_content, on_the_way
from baton.insight.reviews.queries import agenda_of, week_of
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.marketing.capture.tests.factories import a_form, a_page
from baton.records.audience.actions import trash_personas
from baton.records.audience.tests.factories import a_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
URL = "/insight/journey/"


def typed(**over):
    """The form of the map as it stands."""
    sent = {}
    for spot in spots():
        for name in ("name", "question", "care"):
            sent[f"{spot.code.value}-{name}"] = getattr(spot, name)
        sent |= dict.fromkeys(spot.stages, spot.code.value)
    return sent | over


def test_page_shows_stages_figures_and_the_ways_behind_them(signed_in, admin):
    recent = timezone.now() - timedelta(days=20)
    on_the_way(("lead", 0), ("mql", 3), at=recent, full_name="Ada")
    page = a_page(title="What waste costs")
    a_content(code="comparing", what=page)

    client = signed_in(admin)
    shown = client.get(URL).content.decode()

    for words in ("Knows the problem", "Which product fits us", "Known by:", "Both care"):
        assert words in shown
    assert f'href="{page.get_absolute_url()}"' in shown
    assert "Nothing is shown here to anybody." in shown
    behind = "/insight/journey/people/?figure=here&amp;days=90&amp;stage=comparing"
    assert behind in shown
    assert "Ada" in client.get(behind.replace("&amp;", "&")).content.decode()


def test_behind_nothing_is_a_404(signed_in, admin):
    client = signed_in(admin)
    for query in (
        "",
        "?figure=here",
        "?stage=comparing",
        "?stage=nowhere&figure=here",
        "?stage=customer&figure=long",
        "?stage=comparing&figure=still",
        "?stage=comparing&figure=here&persona=x",
        "?stage=comparing&figure=here&persona=0198c000-0000-7000-8000-000000000000",
    ):
        assert client.get(f"{URL}people/{query}").status_code == 404, query
    assert client.get(f"{URL}?days=7000000").status_code == 200


def test_empty_map_says_what_to_do(signed_in, admin):
    assert "Nobody is on the way yet" in signed_in(admin).get(URL).content.decode()


def test_map_is_drawn_anew_and_back(signed_in, admin):
    client = signed_in(admin)
    sent = typed(**{"problem-name": "Hat Ärger", "sal": "decision"})

    answer = client.post(f"{URL}edit/", sent)

    assert answer.status_code == 302
    assert BuyerStage.objects.count() == 3  # those that are otherwise than usual
    first, _second, third, fourth, _last = spots()
    assert first.name == "Hat Ärger"
    assert (third.stages, fourth.stages) == (("mql",), ("sal", "sql", "opportunity"))
    assert draw_map(drawn=spots(), by=admin, at=AT) is None


def test_undo_of_the_map_brings_back_what_stood(admin):
    before = spots()
    changed = [type(one)(**{**vars(one), "name": f"New {one.name}"}) for one in before]

    batch = draw_map(drawn=changed, by=admin, at=AT)
    assert spots() == changed
    assert batch
    undo(batch=batch, by=admin, at=AT)

    assert spots() == before


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"sql": "solution"}, "SAL comes before SQL: it cannot stand in a later stage."),
        ({"problem-name": " "}, "This field is required."),
        ({"problem-care": "nobody"}, "nobody is not one of the available choices"),
        ({"lead": "nowhere"}, "nowhere is not one of the available choices"),
    ],
)
def test_bad_map_is_refused_with_what_was_typed(signed_in, admin, over, words):
    answer = signed_in(admin).post(f"{URL}edit/", typed(**{"decision-name": "Kauft?"}, **over))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert 'value="Kauft?"' in shown
    assert not BuyerStage.objects.exists()


def test_stage_of_the_lifecycle_may_lead_nowhere(signed_in, admin):
    sent = typed(**{stage.value: "" for stage in MAPPED})

    assert signed_in(admin).post(f"{URL}edit/", sent).status_code == 302
    assert all(spot.stages == () for spot in spots())
    on_the_way(("lead", 0), at=timezone.now())
    assert "nobody is known to be in it" in signed_in(admin).get(URL).content.decode()


def test_content_of_each_kind_is_shown_and_taken_away(signed_in, admin):
    client, persona = signed_in(admin), a_persona(sentences=["Proof before price"])
    things = {
        f"page:{a_page().key}": "",
        f"form:{a_form().key}": persona.key,
        f"campaign:{a_campaign().key}": "",
        "sentences:": persona.key,
    }
    for content, to_whom in things.items():
        sent = {"content": content, "persona": to_whom}
        assert client.post(f"{URL}add/?stage=decision", sent).status_code == 302
    assert Shown.objects.living().filter(code="decision").count() == 4
    assert "Approved sentences" in client.get(URL).content.decode()

    shown = Shown.objects.living().order_by("pk")[0]
    client.post(f"{URL}shown/{shown.key}/remove/")
    assert Shown.objects.living().count() == 3


def test_taken_away_comes_back(admin):
    shown = a_content()
    batch = hide_content(shown=shown, by=admin, at=AT)
    assert not Shown.objects.living().exists()

    undo(batch=batch, by=admin, at=AT)

    assert Shown.objects.living().get() == shown


def test_nothing_is_shown_twice_or_without_anybody_to_say_it(admin):
    page, silent = a_page(), a_persona()
    a_content(what=page)
    for over in (
        {"what": page},
        {"what": None},
        {"what": None, "persona": silent},
    ):
        with pytest.raises(BadJourney):
            show_content(**{"code": "problem", "by": admin, "at": AT} | over)


def test_bad_content_is_told_where_it_is_typed(signed_in, admin):
    client = signed_in(admin)
    add = f"{URL}add/?stage=decision"
    answer = client.post(add, {"content": "sentences:", "persona": ""})
    assert answer.status_code == 422
    assert "choose a persona" in answer.content.decode()
    assert client.post(add, {"content": "page:x"}).status_code == 422
    assert client.get(f"{URL}add/?stage=none").status_code == 404


def test_what_is_gone_is_shown_to_nobody(admin):
    persona = a_persona()
    a_content(persona=persona)

    trash_personas(persona_ids=[persona.pk], by=admin, at=AT)

    assert not Shown.objects.living().exists()


def test_reader_draws_nothing(signed_in, rep):
    client, shown = signed_in(rep), a_content()
    assert client.get(URL).status_code == 200
    assert "Edit the map" not in client.get(URL).content.decode()
    assert client.get(f"{URL}edit/").status_code == 403
    assert client.post(f"{URL}add/?stage=decision").status_code == 403
    assert client.post(f"{URL}shown/{shown.key}/remove/").status_code == 403


def test_gaps_stand_in_the_review_once_something_is_shown(admin):
    week = week_of(date(2026, 3, 4))

    def told():
        agenda = agenda_of(week, user=admin, at=AT, today=date(2026, 3, 4))
        (section,) = [one for one in agenda if one.title.startswith("Where the buyer's journey")]
        return [(line.words, line.value) for line in section.lines]

    a_persona(name="Plant head")
    buyer = a_persona(name="Buyer")
    assert told() == []

    a_content()
    a_content(code="solution", persona=buyer)

    assert told()[0] == ("Looks for a solution", "Nothing is shown here to Plant head.")
    assert ("Decides", "Nothing is shown here to anybody.") in told()
    assert len(gaps_now(admin)) == 4


def test_api_tells_the_map(api_client, admin):
    persona = a_persona()
    on_the_way(("lead", 0), ("mql", 2), at=timezone.now() - timedelta(days=10))
    content = a_content(code="solution", persona=persona)
    client = api_client(admin)

    stages = client.get("/api/v1/journey/?days=30").json()["stages"]

    assert [one["code"] for one in stages] == [code.value for code in Code]
    solution = stages[1]
    assert (solution["entered"], solution["left"], solution["went_on"]) == (1, 1, 1)
    assert solution["conversion"] == 1
    assert solution["median_days"] == pytest.approx(2)
    assert solution["content"] == [
        {
            "key": str(content.key),
            "kind": "page",
            "name": str(content.page),
            "persona": str(persona.key),
        }
    ]
    assert stages[2]["gaps"] == [None]
    assert client.get(f"/api/v1/journey/?persona={persona.key}").status_code == 200
    assert client.get(f"/api/v1/journey/?persona={content.key}").status_code == 422
    assert client.get("/api/v1/journey/?days=0").status_code == 422


@pytest.mark.parametrize("persona", [None, "Plant manager"])
def test_of_two_presses_at_once_one_shows_it_and_the_other_is_told(admin, persona):
    page, whose = a_page(), a_persona(name=persona) if persona else None
    asked = {"code": "comparing", "what": page, "persona": whose, "by": admin, "at": AT}
    show_content(**asked)

    with pytest.raises(BadJourney, match="shown there already"):
        show_content(**asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shown.objects.create(code="comparing", page=page, persona=whose)  # past the action

    assert Shown.objects.living().count() == 1


def test_what_was_taken_off_can_be_shown_again_and_then_stays_once(admin):
    page = a_page()
    asked = {"code": "comparing", "what": page, "by": admin, "at": AT}
    batch = hide_content(shown=show_content(**asked), by=admin, at=AT)
    show_content(**asked)

    with pytest.raises(NothingToUndo):
        undo(batch=batch, by=admin, at=AT)

    assert Shown.objects.living().count() == 1


def test_doubles_of_before_are_taken_away_but_for_the_first():
    """As the migration finds them: before there was the constraint."""
    migration = import_module("baton.insight.journey.migrations.0002_take_away_doubles")
    page, other = a_page(), a_page()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX shown_there_once")
    first, second, _double = (
        Shown.objects.create(code="comparing", page=one) for one in (page, other, page)
    )

    migration.take_doubles_away(apps, None)

    assert list(Shown.objects.living().order_by("pk")) == [first, second]
