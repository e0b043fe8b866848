"""An installation without anybody: whoever reads its terminal or its log sets it up."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.actions import digest_of, edit_user
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.signin.models import SetUpCode
from baton.core.signin.rules.codes import cleaned, in_groups, written
from baton.operations.administration.actions.ending import FirstAdmin
from baton.operations.administration.actions.setup import set_up
from baton.operations.administration.queries.first_run import needs_set_up

CODE_BYTES = 5  # eight signs, a million million of them


class AlreadySetUp(RuleViolation):
    """Somebody was faster."""


class WrongSetUpCode(RuleViolation):
    """Not what the terminal or the log says."""


@transaction.atomic
def make_set_up_code(*, at: datetime) -> str:
    """One more; it and earlier ones work until the first has set Baton up."""
    code = written(secrets.token_bytes(CODE_BYTES))
    SetUpCode.objects.create(digest=digest_of(code), made_at=at)
    return in_groups(code, gap="-")


@transaction.atomic
def ensure_set_up_code(*, at: datetime) -> str:
    """A code for the log where nobody has read one yet; "" where somebody has."""
    return "" if SetUpCode.objects.exists() else make_set_up_code(at=at)


@transaction.atomic
def set_up_by_code(
    *,
    code: str,
    company: str,
    zone: str,
    currency: str,
    country: str,
    first: FirstAdmin,
    at: datetime,
) -> User:
    """The company and its owner. Of two at once one is first, the other is told.

    Raises AlreadySetUp, WrongSetUpCode, and what ``set_up`` raises.
    """
    digests = {row.digest for row in SetUpCode.objects.select_for_update()}
    if not needs_set_up():
        raise AlreadySetUp(_("Somebody has set Baton up meanwhile. Sign in, or ask them."))
    if digest_of(cleaned(code)) not in digests:
        raise WrongSetUpCode(_("That is not the code in the terminal or the log of Baton."))
    user, _is_new = set_up(
        admin_email=first.email,
        password=first.password,
        at=at,
        company=company,
        zone=zone,
        currency=currency,
        country=country,
    )
    SetUpCode.objects.all().delete()
    return edit_user(user=user, values={"name": first.name})
