import pytest
from django import forms

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.sales.deals.forms.parts import OwnerField
from baton.sales.deals.queries.owners import owners_for, owners_named

pytestmark = pytest.mark.django_db


def test_who_cannot_sign_in_is_offered_only_where_they_own(admin, rep):
    known = User.objects.create(name="From a file", role=Role.REP)
    known.set_unusable_password()
    known.save()

    assert known not in owners_for(admin)
    assert rep in owners_for(admin)
    assert known in owners_for(admin, present=known)


def test_names_to_choose_from_are_those_of_who_may_own(admin, rep, colleague, outsider):
    for user in (admin, rep, colleague, outsider):
        for present in (None, outsider):
            named = owners_named(user, present=present)
            assert named == list(owners_for(user, present=present))
    assert outsider not in owners_named(rep)


def test_owner_field_is_drawn_with_one_question_and_takes_nobody_else(
    rep, colleague, outsider, django_assert_num_queries
):
    def drawn() -> str:
        return str(OwnerField(user=rep).widget.render("owner", None))

    drawn()
    with django_assert_num_queries(1):
        html = drawn()

    field = OwnerField(user=rep, to_field_name="key")
    assert field.clean(str(colleague.key)) == colleague
    assert (str(colleague) in html, str(outsider) in html) == (True, False)
    with pytest.raises(forms.ValidationError):
        field.clean(str(outsider.key))
