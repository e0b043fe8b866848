from datetime import UTC, datetime

import pytest
from django.urls import reverse

from baton.core.settings.queries import organisation
from baton.qualification.handoff.tests.factories import a_default_pool, a_handoff, a_rep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
AT_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday, 9:00 in Berlin
LATE_SHIFT = {f"hours_{day}": "13:00-17:00, 18-22" for day in ("mon", "tue", "wed")}


def user_form(user, **over):
    plain = {"name": user.name, "email": user.email or "", "role": user.role, "is_active": "on"}
    return {**plain, "team": "", "zone": "", "hours_sun": "", **over}


def test_due_time_of_a_lead_follows_the_new_hours_of_the_rep(admin, signed_in):
    teo = a_rep("Teo")
    a_default_pool(teo)

    signed_in(admin).post(
        reverse("administration:user", args=[teo.key]), user_form(teo, **LATE_SHIFT)
    )
    teo.refresh_from_db()

    assert teo.hours
    assert teo.hours["mon"] == [["13:00", "17:00"], ["18:00", "22:00"]]
    assert not teo.hours["thu"]
    # A raised hand has a quarter of an hour, and Teo begins at one.
    assert a_handoff(at=AT_NINE).accept_due_at == datetime(2026, 3, 2, 12, 15, tzinfo=UTC)


def test_own_zone_moves_the_hours(admin, signed_in):
    teo = a_rep("Teo")
    a_default_pool(teo)

    signed_in(admin).post(
        reverse("administration:user", args=[teo.key]),
        user_form(teo, zone="Europe/London", **LATE_SHIFT),
    )

    assert a_handoff(at=AT_NINE).accept_due_at == datetime(2026, 3, 2, 13, 15, tzinfo=UTC)


def test_hours_as_the_company_has_them_follow_the_company(admin, signed_in):
    browser, address = signed_in(admin), reverse("administration:company")
    rep = a_rep("Teo", hours={"mon": [["08:00", "12:00"]]})
    values = {"name": "Fennmark", "zone": "Europe/Berlin", "base_currency": "EUR"}
    monday = {"hours_mon": "10–16"}

    browser.post(address, {**values, **monday})
    browser.post(reverse("administration:user", args=[rep.key]), user_form(rep, **monday))
    rep.refresh_from_db()

    week = organisation().hours or {}
    assert (week["mon"], rep.hours) == ([["10:00", "16:00"]], None)
    shown = browser.get(reverse("administration:user", args=[rep.key])).content.decode()
    assert 'value="10:00–16:00"' in shown


def test_bad_hours_come_back_with_one_sentence_a_day(admin, rep, signed_in):
    answer = signed_in(admin).post(
        reverse("administration:user", args=[rep.key]),
        user_form(rep, hours_mon="nine to five", hours_fri="17-9"),
    )
    rep.refresh_from_db()

    assert (answer.status_code, rep.hours) == (422, None)
    assert answer.context["hours"].errors == {
        "hours_mon": [
            "Monday: “nine to five” cannot be read. Write hours like 09:00-12:30, 13:30-17:30."
        ],
        "hours_fri": [
            "Friday closes before it opens (17:00 to 09:00): "
            "end the evening at 24:00 and go on from 00:00 the next day."
        ],
    }
