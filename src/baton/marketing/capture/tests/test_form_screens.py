import pytest

from baton.marketing.capture.models import Form
from baton.marketing.capture.rules import FieldKind, Fills, FormField
from baton.marketing.capture.tests.factories import a_form, a_page, a_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(marketer, signed_in):
    return signed_in(marketer)


def codes(form: Form) -> list[str]:
    form.refresh_from_db()
    return [field.code for field in form.questions()]


def settings(form: Form, **over):
    """What the settings form sends."""
    names = ("name", "code", "button", "thanks", "note", "consent_wording", "version")
    return {**{name: getattr(form, name) for name in names}, **over}


def test_new_form_asks_the_usual(browser):
    browser.post("/forms/new/", {"name": "Guide download", "button": "Send", "thanks": "Thanks"})

    form = Form.objects.get()
    assert (form.code, form.sort_key) == ("guide-download", "guide download")
    assert codes(form) == ["name", "email", "company", "heard"]


def test_code_of_another_form_is_refused(browser):
    a_form(code="guide-download")

    response = browser.post(
        "/forms/new/", {"name": "Guide download", "button": "Send", "thanks": "Thanks"}
    )

    assert response.status_code == 422
    assert Form.objects.count() == 1


def test_settings_are_saved(browser):
    form = a_form()

    browser.post(f"{form.get_absolute_url()}settings/", settings(form, thanks="On its way."))

    form.refresh_from_db()
    assert form.thanks == "On its way."


def test_code_stays_as_agreement_and_score_name_it(browser):
    form = a_form(code="request-demo")

    browser.post(f"{form.get_absolute_url()}settings/", settings(form, name="Demo", code="demo"))

    form.refresh_from_db()
    assert (form.name, form.code) == ("Demo", "request-demo")


def test_lost_race_is_refused(browser):
    form = a_form()

    response = browser.post(
        f"{form.get_absolute_url()}settings/", settings(form, name="Mine", version=0)
    )

    assert response.status_code == 422
    assert 'value="Mine"' in response.content.decode()


def test_field_is_added_with_a_code_of_its_question(browser):
    form = a_form(fields=[])
    sent = {"label": "How many plants?", "kind": "choice", "choices": "One\n\n 2 to 5 \nOne"}

    browser.post(f"{form.get_absolute_url()}fields/", sent)
    browser.post(f"{form.get_absolute_url()}fields/", sent)

    form.refresh_from_db()
    assert codes(form) == ["how-many-plants", "how-many-plants-2"]
    assert form.questions()[0].choices == ("One", "2 to 5")


@pytest.mark.parametrize(
    "sent",
    [
        {"label": "", "kind": "text"},
        {"label": "Plants", "kind": "choice", "choices": "One"},
        {"label": "Plants", "kind": "html"},
        {"label": "Plants", "kind": "text", "fills": "owner"},
    ],
)
def test_question_that_cannot_be_answered_is_refused(browser, sent):
    form = a_form(fields=[])

    response = browser.post(f"{form.get_absolute_url()}fields/", sent)

    assert response.status_code == 422
    assert codes(form) == []


def test_field_is_written_and_keeps_its_code(browser):
    form = a_form()

    browser.post(
        f"{form.get_absolute_url()}fields/heard/",
        {"label": "Who told you?", "kind": "textarea", "fills": "said_source", "is_required": "on"},
    )

    form.refresh_from_db()
    assert form.questions()[4] == FormField(
        code="heard",
        kind=FieldKind.TEXTAREA,
        label="Who told you?",
        is_required=True,
        fills=Fills.SAID_SOURCE,
    )


def test_fields_are_moved_and_removed(browser):
    form = a_form()
    address = f"{form.get_absolute_url()}fields"

    browser.post(f"{address}/email/move/", {"steps": "-1"})
    browser.post(f"{address}/company/move/", {"steps": "1"})
    browser.post(f"{address}/letter/remove/")

    assert codes(form) == ["email", "name", "phone", "company", "heard"]


def test_field_that_is_gone_is_404(browser):
    form = a_form()

    assert browser.post(f"{form.get_absolute_url()}fields/gone/remove/").status_code == 404


def test_form_that_a_page_shows_stays(browser):
    form = a_form()
    page = a_page(form=form)

    browser.post(f"{form.get_absolute_url()}delete/")
    form.refresh_from_db()
    kept = form.deleted_at
    browser.post(f"{page.get_absolute_url()}delete/")
    browser.post(f"{form.get_absolute_url()}delete/")
    form.refresh_from_db()

    assert kept is None
    assert form.deleted_at is not None


def test_list_counts_submissions_and_pages(browser, django_assert_max_num_queries):
    form = a_form(name="Guide download")
    a_page(form=form)
    a_submission(form=form)
    a_submission(form=form)
    for _ in range(5):
        a_form()
    browser.get("/forms/")

    with django_assert_max_num_queries(9):
        response = browser.get("/forms/")

    rows = {row.object.name: row.object for row in response.context["list"].rows}
    assert rows["Guide download"].submission_count == 2
    assert rows["Guide download"].page_count == 1


def test_submissions_show_answers_of_people_one_may_see(browser, rep, outsider, signed_in):
    form = a_form()
    sent = a_submission(form=form, heard="At a fair")
    assert sent.person
    sent.person.owner = rep
    sent.person.save()
    address = f"{form.get_absolute_url()}submissions/"

    assert "At a fair" in browser.get(address).content.decode()
    assert "At a fair" in signed_in(rep).get(address).content.decode()
    assert "At a fair" not in signed_in(outsider).get(address).content.decode()


@pytest.mark.parametrize("path", ["settings/", "delete/", "fields/", "fields/name/remove/"])
def test_rep_may_not_edit(rep, signed_in, path):
    form = a_form()

    assert signed_in(rep).post(f"{form.get_absolute_url()}{path}").status_code == 403
    assert codes(form)[0] == "name"


def test_form_that_no_page_shows_leads_to_a_page_with_it(browser):
    form = a_form(name="Guide")
    new_page = f"/pages/new/?form={form.key}"

    editor = browser.get(form.get_absolute_url()).content.decode()
    begun = browser.get(new_page).content.decode()

    assert new_page in editor
    assert f'<option value="{form.key}" selected>Guide</option>' in begun
