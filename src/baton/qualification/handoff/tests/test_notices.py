from datetime import timedelta

import pytest
import time_machine

from baton.core.facts import Origin, origin
from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.notices import SOON_LATE, soon_news, tell_late
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def told():
    rows = Notice.objects.order_by("pk").values_list("user__name", "kind", "what")
    return list(rows)


def lena():
    return a_person(full_name="Lena Fischer")


def test_who_is_asked_reads_it_in_the_inbox(teo, run_background, signed_in):
    a_default_pool(teo)
    lead = a_handoff(person=lena())
    run_background()
    run_background()

    browser = signed_in(teo)
    page = browser.get("/inbox/").content.decode()

    assert told() == [("Teo", "lead.offered", "Lena Fischer")]
    assert "Lena Fischer is offered to you" in page
    opened = browser.get(f"/inbox/{Notice.objects.get().key}/")
    assert opened["location"] == f"/leads/{lead.key}/"


def test_lead_that_another_took_is_told_no_more(teo, outsider, run_background, signed_in):
    a_default_pool(teo)
    lead = a_handoff(person=lena())
    run_background()
    Handoff.objects.filter(pk=lead.pk).update(rep=outsider)

    page = signed_in(teo).get("/inbox/").content.decode()

    assert ("Lena Fischer" in page, "About something you cannot see." in page) == (False, True)


def test_clock_is_told_before_its_end_and_after_it_once_each(teo):
    a_default_pool(teo)
    a_handoff(person=lena())

    for minutes in (1, 11, 12, 15, 16, 17):
        at = AT + minutes * MINUTE
        notices.tell(SOON_LATE, soon_news(at=at))
        tell_late(at=at)

    assert told() == [
        ("Teo", "lead.soon", "Lena Fischer"),
        ("Teo", "lead.late", "Lena Fischer"),
    ]


def test_silence_is_told_to_both(teo, ravi, run_background):
    a_default_pool(teo, ravi)
    lead = a_handoff(person=lena())
    run_background()
    first, second = ("Teo", "Ravi") if lead.rep == teo else ("Ravi", "Teo")

    actions.escalate_overdue(at=AT + timedelta(hours=2))
    run_background()

    assert sorted(told()) == sorted(
        [
            (first, "lead.offered", "Lena Fischer"),
            (first, "lead.passed_on", "Lena Fischer"),
            (second, "lead.offered", "Lena Fischer"),
        ]
    )


def test_verdict_is_told_to_who_owns_the_campaign(teo, marketer, run_background):
    a_default_pool(teo)
    a_campaign(code="fair", owner=marketer)
    lead = a_handoff(person=lena())
    Handoff.objects.update(campaign="FAIR")
    lead.refresh_from_db()

    actions.reject_handoff(handoff=lead, reason="no_fit", by=teo, at=AT)
    run_background()

    assert ("Mara", "lead.rejected", "Lena Fischer") in told()


def test_what_is_imported_is_told_to_nobody(teo, run_background):
    a_default_pool(teo)
    with origin(Origin.IMPORT):
        a_handoff(person=lena())
    run_background()

    assert told() == []
