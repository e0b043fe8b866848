from uuid import uuid4

import pytest

from baton.marketing.capture.actions import take_hits
from baton.marketing.capture.models import Page, Visit
from baton.marketing.capture.rules import BlockKind
from baton.marketing.capture.tests.factories import PLANTS, a_form, a_hit, a_page, a_submission
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def edit(page: Page, **over):
    """What the settings form sends."""
    usual = {
        "title": page.title,
        "slug": page.slug,
        "description": page.description,
        "form": page.form.key if page.form else "",
        "version": page.version,
    }
    return {**usual, **over}


def test_list_shows_pages_with_what_they_brought(browser):
    page = a_page(title="Energy guide")
    visitors = [uuid4() for _ in range(4)]
    take_hits(hits=[a_hit(visitor, page_id=page.pk) for visitor in visitors])
    sent = a_submission(form=page.form)
    sent.page, sent.visit = page, Visit.objects.earliest("pk")
    sent.save()

    html = browser.get("/pages/").content.decode()

    assert "Energy guide" in html
    assert "25 %" in html.replace("\N{NO-BREAK SPACE}", " ")


def test_list_costs_the_same_for_many_pages(browser, django_assert_max_num_queries):
    for _ in range(12):
        a_page()
    browser.get("/pages/")

    with django_assert_max_num_queries(9):
        page = browser.get("/pages/")

    assert len(page.context["list"].rows) == 12


def test_empty_list_offers_the_first_step(browser, outsider, signed_in):
    assert "/pages/new/" in browser.get("/pages/").content.decode()
    assert "/pages/new/" not in signed_in(outsider).get("/pages/").content.decode()


def test_new_page_is_a_draft_with_blocks(browser):
    form = a_form()

    response = browser.post("/pages/new/", {"title": "Meter days", "form": form.key})

    page = Page.objects.get()
    assert response["Location"] == page.get_absolute_url()
    assert (page.slug, page.form, page.published_at) == ("meter-days", form, None)
    assert [block.kind for block in page.pieces()] == [BlockKind.TEXT, BlockKind.FORM]


@pytest.mark.parametrize("title", ["", "§§§", "Consent", "x" * 161])
def test_title_that_makes_no_address_is_refused(browser, title):
    response = browser.post("/pages/new/", {"title": title})

    assert response.status_code == 422
    assert not Page.objects.exists()


def test_address_of_another_page_is_refused(browser):
    a_page(slug="guide")
    page = a_page()

    response = browser.post(f"{page.get_absolute_url()}settings/", edit(page, slug="guide"))

    assert response.status_code == 422
    assert "is taken" in response.content.decode()


def test_settings_are_saved(browser):
    page = a_page()

    browser.post(f"{page.get_absolute_url()}settings/", edit(page, title="New title", form=""))

    page.refresh_from_db()
    assert (page.title, page.sort_key, page.form) == ("New title", "new title", None)


def test_lost_race_keeps_what_was_typed(browser):
    page = a_page()

    response = browser.post(
        f"{page.get_absolute_url()}settings/", edit(page, title="Mine", version=0)
    )

    assert response.status_code == 422
    assert 'value="Mine"' in response.content.decode()


def test_blocks_are_added_written_moved_and_removed(browser):
    page = a_page()
    address = page.get_absolute_url()

    browser.post(f"{address}blocks/", {"kind": "quote"})
    page.refresh_from_db()
    quote = page.pieces()[-1]
    browser.post(f"{address}blocks/{quote.id}/", {"text": "It was the air.", "by": "Clara"})
    browser.post(f"{address}blocks/{quote.id}/move/", {"steps": "-1"})
    page.refresh_from_db()
    first = page.pieces()[0]
    browser.post(f"{address}blocks/form/remove/")
    page.refresh_from_db()

    assert dict(first.texts) == {"text": "It was the air.", "by": "Clara"}
    assert [block.id for block in page.pieces()] == [quote.id]


def test_removed_block_comes_back_by_undo(browser):
    page = a_page()
    response = browser.post(f"{page.get_absolute_url()}blocks/form/remove/", follow=True)
    undo = response.content.decode().split("/undo/")[0].rsplit('"', 1)[1] + "/undo/"

    browser.post(undo)

    page.refresh_from_db()
    assert [block.id for block in page.pieces()] == ["form"]


@pytest.mark.parametrize("kind", ["", "html"])
def test_unknown_kind_of_block_is_refused(browser, kind):
    page = a_page()

    assert browser.post(f"{page.get_absolute_url()}blocks/", {"kind": kind}).status_code == 422


def test_text_that_is_too_long_comes_back(browser):
    page = a_page()

    response = browser.post(f"{page.get_absolute_url()}blocks/form/", {"title": "x" * 200})

    assert response.status_code == 422
    assert "x" * 200 in response.content.decode()


def test_block_that_is_gone_is_404(browser):
    assert browser.post(f"{a_page().get_absolute_url()}blocks/gone/").status_code == 404


def test_page_is_published_and_taken_back(browser, client):
    page = a_page()
    address = page.get_absolute_url()

    browser.post(f"{address}publish/", {"do": "unpublish"})
    gone = client.get(page.public_path()).status_code
    browser.post(f"{address}publish/")
    shown = client.get(page.public_path()).status_code

    assert (gone, shown) == (404, 200)


def test_deleted_page_comes_back_by_undo(browser, client):
    page = a_page()

    response = browser.post(f"{page.get_absolute_url()}delete/", follow=True)
    gone = client.get(page.public_path()).status_code
    undo = response.content.decode().split("/undo/")[0].rsplit('"', 1)[1] + "/undo/"
    browser.post(undo)

    assert (gone, client.get(page.public_path()).status_code) == (404, 200)


def test_preview_shows_a_draft_and_takes_no_form(browser):
    page = a_page()
    browser.post(f"{page.get_absolute_url()}publish/", {"do": "unpublish"})

    html = browser.get(f"{page.get_absolute_url()}preview/").content.decode()

    assert page.title in html
    assert f"{page.public_path()}send/" not in html


def test_visits_and_submissions_lead_to_people(browser):
    page, person = a_page(), a_person(full_name="Jonas Berg")
    visitor = uuid4()
    take_hits(hits=[a_hit(visitor, page_id=page.pk, source=PLANTS, title="Pricing")])
    Visit.objects.update(person=person)
    sent = a_submission(form=page.form)
    sent.page = page
    sent.save()
    assert sent.person

    visits = browser.get(f"{page.get_absolute_url()}visits/").content.decode()
    visit = browser.get(f"/pages/visits/{Visit.objects.get().key}/").content.decode()
    senders = browser.get(f"{page.get_absolute_url()}submissions/").content.decode()

    assert "Jonas Berg" in visits
    assert "Pricing" in visit
    assert sent.person.full_name in senders
    assert sent.person.get_absolute_url() in senders


def test_rep_sees_pages_and_only_their_own_people(rep, outsider, signed_in):
    page = a_page()
    sent = a_submission(form=page.form)
    sent.page = page
    sent.save()
    assert sent.person
    sent.person.owner = rep
    sent.person.save()

    theirs = signed_in(rep).get(f"{page.get_absolute_url()}submissions/").content.decode()
    others = signed_in(outsider).get(f"{page.get_absolute_url()}submissions/").content.decode()
    count = signed_in(outsider).get(page.get_absolute_url()).context["counts"].submission_count

    assert sent.person.full_name in theirs
    assert sent.person.full_name not in others
    assert count == 0


def test_visit_of_a_person_of_another_team_is_404(rep, outsider, signed_in):
    take_hits(hits=[a_hit(uuid4())])
    Visit.objects.update(person=a_person(owner=rep))
    address = f"/pages/visits/{Visit.objects.get().key}/"

    assert signed_in(rep).get(address).status_code == 200
    assert signed_in(outsider).get(address).status_code == 404


@pytest.mark.parametrize(
    "path", ["settings/", "publish/", "delete/", "blocks/", "blocks/form/", "blocks/form/remove/"]
)
def test_rep_may_look_but_not_edit(rep, signed_in, path):
    page = a_page()
    before = page.version

    response = signed_in(rep).post(f"{page.get_absolute_url()}{path}")

    page.refresh_from_db()
    assert response.status_code == 403
    assert (page.version, page.deleted_at) == (before, None)
    assert signed_in(rep).get(page.get_absolute_url()).status_code == 200


def test_strangers_are_sent_to_sign_in(client):
    assert client.get(a_page().get_absolute_url()).status_code == 302
