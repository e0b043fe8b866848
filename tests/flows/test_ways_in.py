"""What is empty without files of other systems leads to the page where they come in."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
IMPORT = "/imports/new/"


@pytest.mark.parametrize("page", ["traffic:traffic", "analytics:last-year", "home:home"])
def test_empty_page_leads_whoever_may_to_the_imports(page, admin, signed_in):
    assert f'href="{IMPORT}"' in signed_in(admin).get(reverse(page)).content.decode()


@pytest.mark.parametrize("page", ["traffic:traffic", "analytics:last-year", "home:home"])
def test_empty_page_leads_nobody_else_there(page, rep, signed_in):
    client = signed_in(rep)

    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert IMPORT not in answer.content.decode()
    assert client.get(IMPORT).status_code == 403
