"""What a thank-you page offers who raised a hand: a time with who was asked to take their lead."""

from django.urls import reverse
from django.utils.translation import gettext as _

from baton.core.steps import Step
from baton.qualification.handoff.queries import agreement_in_force
from baton.records.people.models import Person
from baton.sales.scheduling.models import BookingPage
from baton.sales.scheduling.tokens import seal_lead


def choose_a_time(person_id: int, form_code: str) -> Step | None:
    """Where the agreement names this form, and any seller has a page; who it is may be known only
    in a moment, so the link asks when it is followed."""
    agreement = agreement_in_force()
    if agreement is None or form_code not in agreement.hand_raise_forms:
        return None
    person = Person.objects.living().filter(pk=person_id).first()
    if person is None or not BookingPage.objects.open().exists():
        return None
    return Step(
        label=_("Choose a time to talk"),
        text=_("You need not wait for our call: take a free time now."),
        url=reverse("scheduling:lead", args=[seal_lead(person)]),
    )
