"""What a page weighs when nothing is cached: document, stylesheets, scripts, icons and the font."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from baton.core.ui import apps
from baton.qualification.handoff.tests.factories import a_handoff
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import add_note
from baton.sales.deals.actions import ensure_default_pipeline
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import stages_of

pytestmark = pytest.mark.django_db
STATIC = Path(apps.__file__).parent / "static"
MOST = 100_000  # bytes over the wire, with the font
NAMES = "ui/dist/inter-latin-names.woff2"
BUDGETS = {"app.js": 30_000, "app.css": 15_000, "board.css": 2_000, "insight.css": 8_000}


def packed(path: Path) -> int:
    """As whitenoise sends it; fonts are packed already."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content))


def weight(client, url):
    """The whole page with a name like Łódź on it, as a browser with empty cache loads it."""
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    html = gzip.decompress(answer.content).decode()
    assets = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html)) | {NAMES}
    return len(answer.content) + sum(packed(STATIC / name) for name in assets)


@pytest.fixture
def filled(company, rep):
    """A list of 25, a board with more than it shows, a desk with a queue, a long history."""
    now, stages = timezone.now(), stages_of(ensure_default_pipeline())
    people = [
        a_person(full_name=f"Person {n} Berg", company=a_company(name=f"Firm {n}"), owner=rep)
        for n in range(26)
    ]
    Deal.objects.bulk_create(
        Deal(
            name=f"{n} sensors",
            sort_key=f"{n} sensors",
            person=people[n % 26],
            company=people[n % 26].company,
            owner=rep,
            stage=stages[n % 7],
            state=stages[n % 7].kind,
            amount=n * 997,
            base_amount=n * 997,
            currency="EUR",
            opened_at=now - timedelta(days=n),
            stage_at=now - timedelta(days=n),
            closed_at=now if n % 7 > 4 else None,
            close_on=now.date() + timedelta(days=n % 50),
            reason="price" if n % 7 == 6 else "",
        )
        for n in range(84)
    )
    for person in people[:12]:
        a_handoff(rep=rep, person=person, at=now)
    for n in range(30):
        add_note(person=people[0], body=f"They asked about the price of {n}.", by=rep, at=now)
    return people[0]


def test_pages_stay_under_a_hundred_kilobytes(filled, rep, signed_in):
    client = signed_in(rep)
    pages = ["/people/", "/deals/", "/deals/?as=table", filled.get_absolute_url(), "/leads/", "/"]

    weights = {url: weight(client, url) for url in pages}

    assert {url: size for url, size in weights.items() if size > MOST} == {}


@pytest.mark.parametrize("name", BUDGETS)
def test_built_assets_stay_within_their_budgets(name):
    assert packed(STATIC / "ui/dist" / name) <= BUDGETS[name]
