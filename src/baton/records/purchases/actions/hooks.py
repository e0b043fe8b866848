"""Shops that tell us of their orders: who they are, what they sent, what came of it."""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change, record_each, restore_rows, trash_rows
from baton.core.errors import RuleViolation
from baton.core.sealed import seal
from baton.records.purchases.actions.told import Waits, keep_told
from baton.records.purchases.models import Delivery, Hook
from baton.records.purchases.rules import (
    BadPayload,
    HookKind,
    NothingToKeep,
    check_delivery,
    read_delivery,
)

KEPT = timedelta(days=30)  # bodies, which hold names and addresses
PATIENCE = timedelta(days=3)  # with a refund whose order does not come
SECRET_BYTES = 32


class HookTaken(RuleViolation):
    """Another shop is called so."""


class BadHook(RuleViolation):
    """No name or secret that a shop can have."""


@transaction.atomic
def create_hook(
    *, source: str, kind: str, by: User | None, at: datetime, secret: str = ""
) -> tuple[Hook, str]:
    """A shop, and its secret, which is shown this once. Raises HookTaken and BadHook."""
    if kind not in set(HookKind) or not source:
        raise BadHook(_("Give the shop a name of letters and digits, and say which kind it is."))
    secret = secret.strip() or new_secret(kind)
    hook = Hook(source=source, kind=kind, sealed=seal(secret))
    try:
        with transaction.atomic():
            hook.save()
    except IntegrityError as error:
        words = _("There is a shop called %(name)s already.")
        raise HookTaken(words % {"name": source}) from error
    record_change(
        object_type="hook",
        object_id=hook.pk,
        verb="created",
        after={"source": source, "kind": kind},
        by=by,
        at=at,
    )
    return hook, secret


def new_secret(kind: str) -> str:
    """As each kind writes them."""
    if kind == HookKind.STANDARD:
        return f"whsec_{b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"
    return secrets.token_urlsafe(SECRET_BYTES)


@transaction.atomic
def change_secret(*, hook: Hook, by: User | None, at: datetime, secret: str = "") -> str:
    """The old one opens nothing any more; the new one is shown this once."""
    hook = Hook.objects.select_for_update().get(pk=hook.pk)
    secret = secret.strip() or new_secret(hook.kind)
    hook.sealed = seal(secret)
    hook.version += 1
    hook.save(update_fields=["sealed", "version"])
    record_change(object_type="hook", object_id=hook.pk, verb="resealed", by=by, at=at)
    return secret


@transaction.atomic
def trash_hook(*, hook: Hook, by: User | None, at: datetime) -> UUID:
    """It is heard no more; its orders stay."""
    gone = trash_rows(Hook.objects.filter(pk=hook.pk), at=at)
    return record_each(gone, object_type="hook", verb="deleted", by=by, at=at)


def bring_hooks_back(ids: list[int]) -> list[int]:
    """Those whose name another has by now stay in the trash."""
    taken = Hook.objects.living().values("source")
    return restore_rows(Hook.objects.filter(pk__in=ids).exclude(source__in=taken))


def receive(*, hook: Hook, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Keep a delivery that is theirs; False for one that is known. Raises BadSignature."""
    knock = check_delivery(hook.kind, headers=headers, body=body, secret=hook.secret(), at=at)
    _row, is_new = Delivery.objects.get_or_create(
        hook=hook,
        delivery_id=knock.delivery_id,
        defaults={"topic": knock.topic[:120], "body": body, "received_at": at},
    )
    return is_new


def process_delivery(*, delivery_id: int, at: datetime) -> None:
    """Once, whoever else reads it meanwhile: what it tells and that it was read commit together."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update().filter(pk=delivery_id)
        delivery = rows.select_related("hook").filter(state__in=["new", "waiting"]).first()
        if delivery is None:
            return
        try:
            with transaction.atomic():
                _read(delivery, at=at)
        except NothingToKeep as nothing:
            _end(delivery, "left_out", said=str(nothing), at=at)
        except Waits as wait:
            delivery.about = wait.about[:200]
            state = "failed" if at - delivery.received_at > PATIENCE else "waiting"
            _end(delivery, state, said=_("It waits for news of its order or buyer."), at=at)
        except BadPayload as error:
            _end(delivery, "failed", said=_("It cannot be read: %s") % error, at=at)
        except RuleViolation as no:
            _end(delivery, "failed", said=str(no), at=at)


def _read(delivery: Delivery, *, at: datetime) -> None:
    told = read_delivery(delivery.hook.kind, topic=delivery.topic, body=bytes(delivery.body))
    keys = keep_told(told, source=delivery.hook.source, at=at)
    _end(delivery, "done", said="", at=at)
    Delivery.objects.filter(hook=delivery.hook, state="waiting", about__in=keys).update(state="new")


def _end(delivery: Delivery, state: str, *, said: str, at: datetime) -> None:
    delivery.state, delivery.said, delivery.done_at = state, said[:250], at
    delivery.save(update_fields=["state", "said", "done_at", "about"])


def try_again(*, delivery: Delivery) -> None:
    """A failed one is read once more."""
    Delivery.objects.filter(pk=delivery.pk, state="failed").update(state="new", said="")


def forget_bodies(*, at: datetime) -> int:
    """What was read a month ago keeps its id, so that it is known, and not what it said."""
    old = Delivery.objects.filter(state__in=["done", "left_out", "failed"])
    return old.filter(received_at__lt=at - KEPT).exclude(body=b"").update(body=b"")
