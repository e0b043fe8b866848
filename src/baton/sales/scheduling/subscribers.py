from django.utils import timezone

from baton.core.facts import ACTS, on
from baton.core.mail.tasks import send_mail
from baton.sales.scheduling import actions
from baton.sales.scheduling.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingFact,
    MeetingMoved,
)
from baton.sales.scheduling.queries import told_bookings


@on(MeetingBooked, MeetingMoved, MeetingCancelled, origins=ACTS)
def mail_meeting(fact: MeetingFact) -> None:
    """To both sides, with the calendar's file; a second time writes nothing."""
    booking = told_bookings([fact.booking_id]).get(fact.booking_id)
    if booking and actions.write_mails(booking=booking, sequence=fact.sequence, at=timezone.now()):
        send_mail.enqueue()
