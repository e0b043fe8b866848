import pytest

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.sales.deals.queries.owners import owners_for

pytestmark = pytest.mark.django_db


def test_who_cannot_sign_in_is_offered_only_where_they_own(admin, rep):
    known = User.objects.create(name="From a file", role=Role.REP)
    known.set_unusable_password()
    known.save()

    assert known not in owners_for(admin)
    assert rep in owners_for(admin)
    assert known in owners_for(admin, present=known)
