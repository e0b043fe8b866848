"""Who adds a colleague or a team begins to type at once."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.mark.parametrize("name", ["new-user", "new-team"])
def test_form_takes_the_focus(name, admin, signed_in):
    page = signed_in(admin).get(reverse(f"administration:{name}")).content.decode()

    assert '<form method="post" class="stack" data-begin>' in page
