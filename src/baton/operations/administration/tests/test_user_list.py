"""Who works here, at a glance."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_may_not_sign_in_is_told_beside_their_name(signed_in, admin, rep):
    type(rep).objects.filter(pk=rep.pk).update(is_active=False)

    page = signed_in(admin).get("/settings/users/").content.decode()

    said = [page.split(f">{user}</a>")[1].split("</td>")[0] for user in (admin, rep)]
    assert ["No sign-in" in words for words in said] == [False, True]
