"""The second step of a sign-in: set up, asked for, ended."""

import logging
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.actions import digest_of
from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.errors import RuleViolation
from baton.core.sealed import BrokenSeal, seal
from baton.core.signin.models import RecoveryCode, SecondStep
from baton.core.signin.queries import secret_of
from baton.core.signin.rules.codes import (
    cleaned,
    in_groups,
    is_of_app,
    step_of,
    written,
)
from baton.core.signin.slots import is_exempt

SECRET_BYTES = 20  # RFC 4226, section 4
CODES, CODE_BYTES = 10, 10
# Axes counts per mail and address; whoever has many addresses meets this.
MOST_WRONG, WRONG_FOR = 30, timedelta(hours=1)


logger = logging.getLogger(__name__)


class NoSecondStep(RuleViolation):
    """Nothing to confirm, or nobody who may have one."""


class WrongCode(RuleViolation):
    """Not the code of this half minute, nor of its neighbours."""


class Accepted(StrEnum):
    """By what the second step was taken."""

    APP = "app"
    RECOVERY = "recovery"


@transaction.atomic
def begin_second_step(*, user: User) -> None:
    """A new secret to be shown; nothing is asked for until a code has confirmed it.

    Raises NoSecondStep for accounts that many share. One that is confirmed stays as it is.
    """
    if is_exempt(user):
        raise NoSecondStep(_("The people of the demo have no second step: everybody may be them."))
    User.objects.select_for_update().get(pk=user.pk)
    if SecondStep.objects.filter(user=user).exclude(confirmed_at=None).exists():
        return
    fresh = {"secret": seal(secrets.token_bytes(SECRET_BYTES).hex()), "latest_step": 0}
    SecondStep.objects.update_or_create(user=user, defaults=fresh)


@transaction.atomic
def confirm_second_step(*, user: User, code: str, at: datetime) -> list[str]:
    """The phone has shown a right code: from now on it is asked for. Returns recovery codes.

    Raises NoSecondStep, WrongCode.
    """
    row = SecondStep.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if row is None:
        raise NoSecondStep(_("Begin again: this second step is not being set up any more."))
    step = step_of(cleaned(code), secret_of(row), at=at)
    if step is None:
        raise WrongCode(_("That is not the code that the app shows now. Try the next one."))
    row.confirmed_at, row.latest_step = at, step
    row.save(update_fields=["confirmed_at", "latest_step"])
    _note(user, by=user, at=at, is_on=True)
    return _write_codes(user)


@transaction.atomic
def accept_code(*, user: User, code: str, at: datetime) -> Accepted | None:
    """Whether the code lets this user in now. It never does again."""
    row = SecondStep.objects.select_for_update().filter(user=user).first()
    if row is None or row.confirmed_at is None or _is_closed(row, at):
        return None
    typed = cleaned(code)
    accepted = _by_app(row, typed, at) if is_of_app(typed) else _by_paper(user, typed, at)
    if accepted:
        SecondStep.objects.filter(pk=row.pk).update(wrong_count=0, wrong_since=None)
    else:
        _count_wrong(row, at)
    return accepted


@transaction.atomic
def new_recovery_codes(*, user: User) -> list[str]:
    """Ten, to be shown once; the earlier ones work no more. Raises NoSecondStep."""
    row = SecondStep.objects.select_for_update().filter(user=user).first()
    if row is None or row.confirmed_at is None:
        raise NoSecondStep(_("There is no second step that they could stand in for."))
    return _write_codes(user)


@transaction.atomic
def end_second_step(*, user: User, by: User | None, at: datetime) -> bool:
    """The password is enough again; False when it was already."""
    gone = SecondStep.objects.filter(user=user).exclude(confirmed_at=None).delete()[0]
    SecondStep.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    if gone:
        _note(user, by=by, at=at, is_on=False)
    return bool(gone)


def _by_app(row: SecondStep, code: str, at: datetime) -> Accepted | None:
    try:
        step = step_of(code, secret_of(row), at=at)
    except BrokenSeal:
        logger.error("The second step of user %s cannot be read: see baton doctor", row.user_id)
        return None
    if step is None:
        return None
    # Two may send one code at once: the first to move the step is let in.
    later = SecondStep.objects.filter(pk=row.pk, latest_step__lt=step)
    return Accepted.APP if later.update(latest_step=step) == 1 else None


def _by_paper(user: User, code: str, at: datetime) -> Accepted | None:
    unused = RecoveryCode.objects.filter(user=user, digest=digest_of(code), used_at=None)
    return Accepted.RECOVERY if unused.update(used_at=at) == 1 else None


def _is_closed(row: SecondStep, at: datetime) -> bool:
    is_fresh = row.wrong_since is not None and at - row.wrong_since < WRONG_FOR
    return is_fresh and row.wrong_count >= MOST_WRONG


def _count_wrong(row: SecondStep, at: datetime) -> None:
    is_first = row.wrong_since is None or at - row.wrong_since >= WRONG_FOR
    row.wrong_count = 1 if is_first else row.wrong_count + 1
    row.wrong_since = at if is_first else row.wrong_since
    row.save(update_fields=["wrong_count", "wrong_since"])


def _write_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [written(secrets.token_bytes(CODE_BYTES)) for _number in range(CODES)]
    rows = [RecoveryCode(user=user, digest=digest_of(code)) for code in codes]
    RecoveryCode.objects.bulk_create(rows)
    return [in_groups(code, gap="-") for code in codes]


def _note(user: User, *, by: User | None, at: datetime, is_on: bool) -> None:
    record_change(
        object_type="user",
        object_id=user.pk,
        verb="edited",
        before={"second_step": not is_on},
        after={"second_step": is_on},
        by=by,
        at=at,
        cause="second step",
    )
