"""Be one of the demo's cast."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.demo.queries import demo_logins, may_switch
from baton.core.errors import RuleViolation

logger = logging.getLogger(__name__)


class NotOneOfThem(RuleViolation):
    """Whoever asks may not be one of the demo's cast, or asks for one who is not of it."""


@transaction.atomic
def become(*, who: User, by: User, behind: User | None, at: datetime) -> User:
    """``by`` goes on as ``who``, one of the demo's cast; written down as the act of ``behind``.

    ``behind`` is who signed in at first, while ``by`` is a role they play. Raises NotOneOfThem.
    """
    if not may_switch(by, behind=behind):
        raise NotOneOfThem(_("Only who is in charge here may be one of the demo's people."))
    if who not in demo_logins():
        raise NotOneOfThem(_("The demo has no such colleague."))
    note_switch(was=by, becomes=who, by=behind or by, at=at)
    return who


def note_switch(*, was: User, becomes: User, by: User, at: datetime) -> None:
    """In the history of changes, with names: the users go with the demo, this stays."""
    record_change(
        object_type="user",
        object_id=becomes.pk,
        verb="became",
        before={"name": was.name},
        after={"name": becomes.name, "by": by.name},
        by=by,
        at=at,
        cause="demo",
    )
    logger.info("User %s became user %s by the switch of user %s", was.pk, becomes.pk, by.pk)
