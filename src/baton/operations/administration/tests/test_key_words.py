import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_permissions_of_a_key_are_said_in_words(signed_in, admin):
    page = signed_in(admin).get(reverse("administration:keys")).content.decode()

    assert '<option value="people.edit">People: edit</option>' in page
    assert "Choose a colleague" in page
