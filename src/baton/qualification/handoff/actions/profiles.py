"""Which languages somebody speaks, and what they know about."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.languages import language_code
from baton.qualification.handoff.actions.refusals import BadPool
from baton.qualification.handoff.models import RepProfile
from baton.qualification.handoff.rules import skill_name

MOST = 20


@transaction.atomic
def set_profile(
    *,
    user: User,
    languages: Iterable[str],
    skills: Iterable[str],
    by: User | None,
    at: datetime,
) -> RepProfile:
    """Languages by code or name. Raises BadPool."""
    speaks = _tidy(language_code(one) for one in languages)
    can = _tidy(skill_name(one) for one in skills)
    if len(speaks) > MOST or len(can) > MOST:
        raise BadPool(_("At most %(most)d languages and as many skills.") % {"most": MOST})
    row = RepProfile.objects.select_for_update().filter(user=user).first() or RepProfile(user=user)
    before = {"languages": row.languages, "skills": row.skills}
    after = {"languages": speaks, "skills": can}
    if before != after:
        row.languages, row.skills = speaks, can
        row.save()
        record_change(
            object_type="user",
            object_id=user.pk,
            verb="edited",
            before=before,
            after=after,
            by=by,
            at=at,
            cause="rep",
        )
    return row


def _tidy(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
