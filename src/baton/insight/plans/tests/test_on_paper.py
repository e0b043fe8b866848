"""A plan as PDF: its terms, how they stand, and whose signature is missing."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.insight.plans.actions import sign_plan
from baton.insight.plans.queries import quarter_of
from baton.insight.plans.rules import Launch
from baton.insight.plans.tests.factories import AT, a_plan, terms
from baton.insight.plans.views.paper import paper_of
from baton.insight.plans.views.shown import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def text_of(answer) -> str:
    assert answer.status_code == 200
    pages = PdfReader(BytesIO(answer.content)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_edition_is_kept_as_pdf(signed_in, admin):
    launch = Launch(what="Leitfaden für Öfen, Київ \N{ROCKET}", on=date(2026, 4, 20))
    plan = a_plan(terms=terms(launches=(launch,), note="First\nSecond"))
    head = create_user(name="Hedda", role=Role.HEAD_OF_SALES, email="h@x.example", password="H")
    sign_plan(plan=plan, side="sales", by=head, at=AT)
    client = signed_in(admin)
    url = f"/insight/plans/{plan.key}/pdf/"
    assert url in client.get("/insight/plans/?on=2026-04-01").content.decode()

    answer = client.get(url)
    text = text_of(answer)

    assert answer["Content-Disposition"] == 'attachment; filename="plan-2026-04-01-v1.pdf"'
    assert "edition 1, draft" in text
    assert "€900" in text
    assert "Leitfaden für Öfen, Київ [rocket]" in text
    assert "20 Apr 2026" in text
    assert "First\nSecond" in text
    assert "Hedda, 1 Apr 2026" in text
    assert "Marketing ____" in text.replace("\n", " ")
    assert "50.0\N{NO-BREAK SPACE}%" in text


def test_empty_plan_says_what_is_missing(signed_in, admin):
    plan = a_plan(terms=terms(budget=(), launches=(), assumptions={}, mqls=None))

    text = text_of(signed_in(admin).get(f"/insight/plans/{plan.key}/pdf/"))

    assert "No budget is planned." in text
    assert "The company has no goal in this quarter." in text
    assert "Launches" not in text


def test_who_may_not_see_costs_reads_no_budget(admin):
    plan, quarter = a_plan(), quarter_of(date(2026, 4, 1))
    seen = shown(plan, quarter=quarter, user=admin, today=date(2026, 4, 2))

    def titles(parts):
        return [part.title for part in paper_of(plan, parts, quarter=quarter).parts]

    assert "Budget" in titles(seen)
    assert "Budget" not in titles(seen | {"budget": None})
