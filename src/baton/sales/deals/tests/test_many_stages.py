"""A pipeline of two hundred stages: nothing breaks, and nothing is asked more often."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.sales.deals.actions import ensure_default_pipeline
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MANY = 200


def fill(pipeline, many):
    have = Stage.objects.living().filter(pipeline=pipeline).count()
    Stage.objects.bulk_create(
        Stage(pipeline=pipeline, name=f"Stage {n}", kind="open", position=n, probability=10)
        for n in range(have, many)
    )


@pytest.mark.parametrize("url", ["/deals/", "/deals/?as=table", "DEAL"], ids=lambda url: url)
def test_page_of_many_stages_stands_and_asks_no_more(
    signed_in, rep, url, django_assert_num_queries
):
    pipeline, deal = ensure_default_pipeline(), a_deal(owner=rep)
    url, client = deal.get_absolute_url() if url == "DEAL" else url, signed_in(rep)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    fill(pipeline, MANY)
    last = Stage.objects.filter(pipeline=pipeline, kind="open").order_by("pk").last()
    a_deal(owner=rep, name="At the end", stage=last)

    with django_assert_num_queries(len(few)):
        page = client.get(url)

    assert page.status_code == 200
    assert Deal.objects.count() == 2


def test_pipelines_are_edited_with_many_stages(signed_in, admin, django_assert_num_queries):
    pipeline, client = ensure_default_pipeline(), signed_in(admin)
    with CaptureQueriesContext(connection) as few:
        client.get("/deals/pipelines/")
    fill(pipeline, MANY)

    with django_assert_num_queries(len(few)):
        page = client.get("/deals/pipelines/").content.decode()

    assert f"Stage {MANY - 1}" in page
