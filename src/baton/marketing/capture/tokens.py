"""What travels through the stranger's browser and comes back unchanged: signed, never stored."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from baton.core.keys import new_key
from baton.core.signed import sign_key_for_now, signed_key
from baton.marketing.capture.rules.channels import Source

_ARRIVAL, _FORM, _SENT = "capture.arrival", "capture.form", "capture.sent"
THANKED_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A page that was shown to somebody who has not said yet whether we may remember it."""

    id: UUID  # becomes the hit's
    page_id: int
    path: str
    title: str
    source: Source
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FormToken:
    """One showing of a form: what is sent with it is kept once."""

    id: UUID
    page_id: int
    form_id: int
    source: Source
    opened_at: datetime


def seal_arrival(arrival: Arrival) -> str:
    """The arrival as a hidden field carries it."""
    return _seal(asdict(arrival), _ARRIVAL, at=arrival.at)


def open_arrival(text: str) -> Arrival | None:
    """None for one that we did not sign."""
    raw = _open(text, _ARRIVAL)
    return Arrival(**raw) if raw else None


def seal_form(token: FormToken) -> str:
    """The token as a hidden field carries it."""
    return _seal(asdict(token), _FORM, at=token.opened_at)


def open_form(text: str) -> FormToken | None:
    """None for one that we did not sign; how old it may be is judged by rules.limits."""
    raw = _open(text, _FORM)
    if raw is None:
        return None
    raw["opened_at"] = raw.pop("at")
    return FormToken(**raw)


def new_token(*, page_id: int, form_id: int, source: Source, at: datetime) -> FormToken:
    """For a form that is shown now."""
    return FormToken(id=new_key(), page_id=page_id, form_id=form_id, source=source, opened_at=at)


def seal_sent(token: UUID) -> str:
    """Of a form that was sent, for the address of the page that thanks for it."""
    return sign_key_for_now(token, salt=_SENT)


def open_sent(text: str) -> UUID | None:
    """The token of the form; None for one that is not ours, or was sent long ago."""
    return signed_key(text, salt=_SENT, good_for=THANKED_FOR)


def _seal(raw: dict[str, Any], salt: str, *, at: datetime) -> str:
    raw.pop("opened_at", None)
    raw |= {"id": raw["id"].hex, "at": at.isoformat()}
    return signing.dumps(raw, salt=salt, compress=True)


def _open(text: str, salt: str) -> dict[str, Any] | None:
    try:
        raw: dict[str, Any] = signing.loads(text, salt=salt)
    except signing.BadSignature:
        return None
    raw["source"] = Source(**raw["source"])
    return raw | {"id": UUID(hex=raw["id"]), "at": datetime.fromisoformat(raw["at"])}
