import pytest

from baton.core.access.actions import create_user, ensure_imported_users, set_password
from baton.core.access.roles import Role
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import BadPool
from baton.qualification.handoff.forms import able_users
from baton.qualification.handoff.readback import decision_lines
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, a_rep
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_lead_of_an_owner_who_cannot_sign_in_goes_to_who_can():
    old = ensure_imported_users(source="old", names={"7": "Ewa Old"})["7"]
    teo = a_rep("Teo")
    a_default_pool(teo)

    handoff = a_handoff(person=a_person(owner=old, company=a_company(owner=old)))

    assert handoff.rep == teo
    told = [line.words for line in decision_lines(handoff.offers.get().decision)]
    assert told[1:3] == ["Ewa Old cannot sign in"] * 2


def test_nobody_is_asked_who_cannot_sign_in():
    old = ensure_imported_users(source="old", names={"7": "Ewa Old"})["7"]
    teo = a_rep("Teo")
    pool = a_default_pool(teo)
    handoff = a_handoff()

    with pytest.raises(BadPool, match="Ewa Old cannot sign in"):
        actions.give_to(handoff=handoff, rep=old, by=teo, at=AT)
    with pytest.raises(BadPool, match="Ewa Old cannot sign in"):
        actions.set_member(pool=pool, user=old, by=None, at=AT)
    assert able_users() == [teo]


def test_founder_takes_turns_from_their_first_password_on():
    ada = create_user(name="Ada", role=Role.OWNER, email="ada@fennmark.example")
    actions.ensure_pools(at=AT, founder=ada)
    before = a_handoff().rep
    actions.set_availability(user=ada, is_available=True, by=None, at=AT)

    set_password(user=ada, password="open sesame")

    assert (before, a_handoff().rep) == (None, ada)
