"""A list that shows figures: kept as a view, taken away as it is shown."""

import csv
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.urls import reverse

from baton.core.saved.models import SavedView
from baton.records.people.tests.factories import a_person
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
STATE = "as=table&group=owner&sum=amount&chart=amount.sum"


def test_report_is_kept_as_a_view_and_taken_away_as_it_is_shown(company, rep, signed_in):
    a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(100))
    browser = signed_in(rep)
    browser.post(
        f"{reverse('saved:new')}?list=deals&state={quote(STATE)}",
        {"name": "By rep", "sharing": "private"},
    )
    view = SavedView.objects.get()
    answer = browser.post(
        f"{reverse('exchange:new-export')}?list=deals&state={quote(view.state)}",
        {"columns": "shown"},
    )

    text = b"".join(answer.streaming_content).decode().lstrip("\N{BYTE ORDER MARK}")
    assert list(csv.reader(text.splitlines())) == [
        [
            *("Owner", "Number", "Amount: Sum (EUR)", "Amount: Average (EUR)"),
            *("Amount: Least (EUR)", "Amount: Most (EUR)"),
        ],
        ["Teo", "1", "100", "100", "100", "100"],
        ["All", "1", "100", "100", "100", "100"],
    ]
