"""The demo goes, and the company's own work begins."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.actions import edit_user
from baton.core.access.models import User
from baton.core.demo.actions import remove_story
from baton.core.errors import RuleViolation
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.operations.administration.actions.setup import set_up


class AlreadyEnded(RuleViolation):
    """Somebody else removed the demo first."""


class MailTaken(RuleViolation):
    """The first admin's mail is that of somebody who stays: nobody becomes them so."""


@dataclass(frozen=True, kw_only=True)
class FirstAdmin:
    """Who begins where nobody but the demo's people could sign in."""

    name: str
    email: str
    password: str


@transaction.atomic
def end_demo(*, keeper: User | FirstAdmin, company: str, at: datetime) -> tuple[int, User]:
    """All that the demo brought goes; what every company needs is there afterwards.

    ``keeper``: a real user in charge, or, where there is none, who becomes the first. A company
    that came with the demo gets the name ``company``, and keeps zone, currency, holidays and week.
    Returns how many records went, and who is in charge. Raises AlreadyEnded, MailTaken.
    """
    before = organisation()
    count = remove_story()
    if not count:
        raise AlreadyEnded(_("The demo is gone already."))
    if not Organisation.objects.filter(pk=1).exists():
        set_up_organisation(
            name=company,
            zone=before.zone,
            base_currency=before.base_currency,
            country=before.country,
            hours=before.hours,
        )
    password = keeper.password if isinstance(keeper, FirstAdmin) else None
    user, is_new = set_up(admin_email=str(keeper.email), password=password, at=at)
    if isinstance(keeper, FirstAdmin):
        if not is_new:
            raise MailTaken(_("Somebody who stays has this mail."))
        user = edit_user(user=user, values={"name": keeper.name})
    return count, user
