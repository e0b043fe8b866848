"""Where higher modules add to a form's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from baton.core.slots import Slot
from baton.marketing.capture.models import Form


@dataclass(frozen=True, kw_only=True)
class FormCard:
    """A card above the pages that show it; ``render`` gives the HTML, "" shows nothing."""

    name: str
    render: Callable[[HttpRequest, Form], str]
    permission: str


form_cards: Slot[FormCard] = Slot(key=lambda card: card.name)
