"""What other modules show of somebody where one calls them."""

from django.http import HttpRequest

from baton.core.access.models import User
from baton.records.people.models import Person
from baton.records.people.slots import Place, person_panels


def panels_beside_call(request: HttpRequest, person: Person, *, user: User) -> list[str]:
    """The HTML of every panel that this user may see, in order, without empty ones."""
    beside = [panel for panel in person_panels if panel.place == Place.CALL]
    shown = (
        panel.render(request, person)
        for panel in sorted(beside, key=lambda panel: panel.order)
        if not panel.permission or user.may(panel.permission)
    )
    return [html for html in shown if html]
