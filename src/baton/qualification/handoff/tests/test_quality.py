from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
import time_machine
from django.urls import reverse

from baton.marketing.campaigns.tests.factories import a_campaign
from baton.marketing.capture.models import Form
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.attainment import months_before
from baton.qualification.handoff.queries.quality import (
    By,
    Column,
    Question,
    add_unanswered,
    handoffs_behind,
    lead_quality,
)
from baton.qualification.handoff.tests.factories import (
    AT,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _late_morning():
    with time_machine.travel(LATER, tick=False):
        yield


def text(answer):
    return answer.content.decode()


def asked(by, *, user):
    return Question(by=by, since=date(2026, 3, 1), until=date(2026, 3, 31), user=user)


def test_lead_quality_counts_reasons_by_source(month, admin):
    Handoff.objects.filter(state="rejected").update(campaign="fair")

    rows = lead_quality(asked(By.CAMPAIGN, user=admin))

    found = {
        row.group: (row.handed, row.accepted, row.rejected_rate, dict(row.reasons)) for row in rows
    }
    assert found == {"": (2, 2, 0.0, {}), "fair": (1, 0, 1.0, {"no_fit": 1})}


def assert_counted(question):
    rows = lead_quality(question)
    add_unanswered(rows, question, at=LATER)
    behind_of = partial(handoffs_behind, question, at=LATER)
    for row, column in product(rows, Column):
        behind = behind_of(column=column, group=row.group)
        assert behind.count() == row.count(column)
        for reason, count in row.reasons.items():
            behind = behind_of(column=Column.HANDED, group=row.group, reason=reason)
            assert behind.count() == count


def test_each_figure_counts_the_handoffs_behind_it(month, admin, subtests):
    for by in By:
        with subtests.test(by=by):
            assert_counted(asked(by, user=admin))


def test_leads_of_a_score_are_grouped_by_the_latest_form_of_the_brief(month, admin):
    good, late, no = month
    for handoff, code in ((good, "guide"), (late, "request-demo"), (no, "")):
        handoff.refresh_from_db()
        handoff.brief["forms"] = [{"code": code}] if code else []
        handoff.save(update_fields=["brief"])

    rows = lead_quality(asked(By.FORM, user=admin))

    assert [(row.group, row.handed) for row in rows] == [("", 1), ("guide", 1), ("request-demo", 1)]


def test_reasons_are_told_by_the_page_on_which_the_latest_form_stood(month, admin):
    good, late, no = month
    for handoff, page in ((good, "The audit, step by step"), (no, "What a meter costs")):
        handoff.refresh_from_db()
        before = {"code": "guide", "page": "An older page"}
        handoff.brief["forms"] = [{"code": "guide", "page": page}, before]
        handoff.save(update_fields=["brief"])
    late.refresh_from_db()
    late.brief["forms"] = []
    late.save(update_fields=["brief"])

    rows = {row.group: row for row in lead_quality(asked(By.PAGE, user=admin))}

    assert rows.keys() == {"", "The audit, step by step", "What a meter costs"}
    assert dict(rows["What a meter costs"].reasons) == {"no_fit": 1}
    assert_counted(asked(By.PAGE, user=admin))


def test_quality_page_opens_the_handoffs_behind_a_figure(signed_in, month, marketer, subtests):
    client = signed_in(marketer)

    for by in [*By, "nonsense"]:
        with subtests.test(by=by):
            shown = client.get(reverse("handoff:quality"), {"by": by, "months": "12"})
            [row, *_others] = [one for one in shown.context["rows"] if one.reasons]
            behind = client.get(row.reasons[0].url)

            assert "No fit 1" in text(shown)
            assert [one.handoff.pk for one in behind.context["behind"]] == [month[2].pk]
            for cell in row.cells:
                assert client.get(cell.url).context["count"] == cell.count


def test_form_is_called_by_its_name(signed_in, month, marketer):
    Form.objects.create(code="request-demo", name="Ask for a demo")

    page = text(signed_in(marketer).get(reverse("handoff:quality"), {"by": "form"}))

    assert "Ask for a demo" in page


def test_campaign_is_called_by_its_name_however_the_link_wrote_its_code(signed_in, month, marketer):
    a_campaign(name="Meter Days fair", code="meter-days")
    Handoff.objects.filter(state="rejected").update(campaign="Meter_Days")

    page = text(signed_in(marketer).get(reverse("handoff:quality")))

    assert "Meter Days fair" in page


def test_outsider_counts_only_their_own_team(signed_in, month, outsider):
    client = signed_in(outsider)

    behind = client.get(reverse("handoff:quality-behind"), {"column": "rejected"})

    assert "No fit" not in text(client.get(reverse("handoff:quality")))
    assert behind.context["behind"] == []


@pytest.mark.parametrize("column", ["", "nonsense"])
def test_figure_that_does_not_exist_is_not_found(signed_in, marketer, column):
    page = reverse("handoff:quality-behind")

    assert signed_in(marketer).get(page, {"column": column}).status_code == 404


@pytest.mark.parametrize(
    ("day", "count", "first"),
    [
        (date(2026, 3, 1), 2, date(2026, 1, 1)),
        (date(2026, 3, 31), 2, date(2026, 1, 1)),
        (date(2026, 1, 31), 11, date(2025, 2, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_as_months(day, count, first):
    assert months_before(day, count=count) == first


def test_reasons_are_told_by_score_month_and_week(month, admin, signed_in, subtests):
    """One of 82 points was turned down, the others have no score that anybody wrote down."""
    _good, _late, no = month
    Handoff.objects.update(brief={})
    Handoff.objects.filter(pk=no.pk).update(brief={"score": {"score": 82}})
    browser = signed_in(admin)
    cases = {
        By.SCORE: (["75", ""], "75", "75–99"),
        By.MONTH: (["2026-03-01"], "2026-03-01", "March 2026"),
        By.WEEK: (["2026-03-02"], "2026-03-02", "Week of 2 Mar 2026"),
    }
    for by, (groups, group, words) in cases.items():
        with subtests.test(by.value):
            found = lead_quality(asked(by, user=admin))
            assert [quality.group for quality in found] == groups
            [told] = [quality for quality in found if quality.group == group]
            assert told.reasons == {"no_fit": 1}
            assert words in text(browser.get(reverse("handoff:quality") + f"?by={by}"))
            url = reverse("handoff:quality-behind") + f"?by={by}&column=rejected&group={group}"
            assert no.person.full_name in text(browser.get(url))


def test_week_that_is_no_day_is_no_page(month, admin, signed_in):
    url = reverse("handoff:quality-behind") + "?by=week&column=handed&group=soon"
    assert signed_in(admin).get(url).status_code == 404
