"""A hand raised on a holiday waits for the first working minute after it, by the rep's country."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.core.access.actions import edit_user
from baton.core.settings.models import Organisation
from tests.flows.acts import ask_for_demo, handoff_of

pytestmark = pytest.mark.django_db
GOOD_FRIDAY = datetime(2026, 4, 3, 14, 30, tzinfo=UTC)  # 10:30 in New York
TUESDAY = datetime(2026, 4, 7, 13, tzinfo=UTC)  # 09:00 there, after Easter Monday
ALLOWED = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("own", "company", "is_off"), [("", "DE", True), ("US", "DE", False), ("", "", False)]
)
def test_clock_stands_still_on_holidays_of_who_owes(house, clock, settle, own, company, is_off):
    Organisation.objects.update(country=company)
    edit_user(user=house.teo, values={"country": own})
    clock.move_to(GOOD_FRIDAY)

    person = ask_for_demo(house, clock)
    settle()

    handoff = handoff_of(person)
    begins = TUESDAY if is_off else handoff.offered_at
    assert (handoff.rep, handoff.accept_due_at) == (house.teo, begins + ALLOWED)
