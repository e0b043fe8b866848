"""A review as PDF: as it is, as it ended, and what the reader may see of it."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from baton.core.settings.models import Organisation
from baton.insight.reviews.actions import finish_review
from baton.insight.reviews.tests.factories import a_point

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
AT = datetime(2026, 3, 6, 15, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
LINE: dict[str, Any] = {"value": "1", "hue": "", "rows": [["Kiln audit", "/deals/1/"]]}
AGENDA: list[dict[str, Any]] = [
    {"title": "Stuck", "lines": [LINE | {"words": "Overdue", "url": "/insight/reviews/records/"}]},
    {"title": "Lost", "lines": [LINE | {"words": "Wattwise", "url": "", "tells": "competitor"}]},
]
ASKED = "/insight/reviews/pdf/?week=2026-03-02"


def text_of(answer) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_button_keeps_the_review_as_pdf(signed_in, admin, rep):
    a_point(day=MONDAY, kind="task", text="Schreib Київ auf \N{ROCKET}", owner=rep)
    client = signed_in(admin)
    assert ASKED in client.get("/insight/reviews/?week=2026-03-02").content.decode()

    text = text_of(client.get(ASKED))
    assert "not ended yet" in text
    assert "Schreib Київ auf [rocket]" in text
    assert "MQLs handed over" in text

    finish_review(day=MONDAY, agenda=AGENDA, by=admin, at=AT)
    answer = client.get(ASKED)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="weekly-review-2026-03-02.pdf"'
    text = text_of(answer)
    assert f"ended by {admin.name}, 6 Mar 2026" in text
    assert "Kiln audit" in text
    assert "MQLs handed over" not in text


def test_reader_gets_what_their_page_shows(signed_in, admin, rep):
    limits = {"rep": {"deal": {"hidden": ["competitor"]}}}
    Organisation.objects.update(field_limits=limits)
    finish_review(day=MONDAY, agenda=AGENDA, by=admin, at=AT)

    text = text_of(signed_in(rep).get(ASKED))

    assert "Overdue" in text
    assert "Kiln audit" not in text
    assert "Wattwise" not in text


def test_week_without_a_word_says_so(signed_in, admin):
    finish_review(day=MONDAY, agenda=[], by=admin, at=AT)

    assert "Nothing was written down" in text_of(signed_in(admin).get(ASKED))


def test_promises_of_earlier_weeks_stand_in_it(signed_in, admin, rep):
    a_point(day=date(2026, 2, 23), kind="task", text="Call them back", owner=rep)

    text = text_of(signed_in(admin).get(ASKED))

    assert "Promised in earlier reviews" in text
    assert "Call them back" in text
