"""Pages, forms and hits for tests of this module and of those above it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from baton.core.keys import new_key
from baton.marketing.capture.actions import (
    Sender,
    create_form,
    create_page,
    publish_page,
    submit_form,
)
from baton.marketing.capture.models import Form, Page, Submission
from baton.marketing.capture.rules import (
    Block,
    BlockKind,
    FieldKind,
    Fills,
    FormField,
    Seen,
    Source,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
PLANTS = Source(
    channel="paid_social",
    source="linkedin",
    medium="cpc",
    campaign="linkedin-plants",
    landing_page="/p/welcome/",
)
DIRECT = Source(channel="direct", landing_page="/p/guide/")
_numbers = count(1)

NAME = FormField(
    code="name", kind=FieldKind.TEXT, label="Your name", is_required=True, fills=Fills.FULL_NAME
)
EMAIL = FormField(code="email", kind=FieldKind.EMAIL, label="Work email", is_required=True)
COMPANY = FormField(code="company", kind=FieldKind.COMPANY, label="Company")
PHONE = FormField(code="phone", kind=FieldKind.PHONE, label="Phone")
HEARD = FormField(
    code="heard", kind=FieldKind.TEXT, label="How did you hear about us?", fills=Fills.SAID_SOURCE
)
LETTER = FormField(code="letter", kind=FieldKind.CONSENT, label="Also send the monthly letter")
FIELDS = (NAME, EMAIL, COMPANY, PHONE, HEARD, LETTER)


def a_form(**over: Any) -> Form:
    """A form with the usual questions; ``over`` as create_form takes it."""
    number = next(_numbers)
    usual: dict[str, Any] = {"name": f"Guide {number}", "fields": FIELDS, "by": None, "at": AT}
    return create_form(**{**usual, **over})


def a_page(**over: Any) -> Page:
    """A published page with a form; ``over`` as create_page takes it."""
    number = next(_numbers)
    form = over.pop("form", None) or a_form()
    block = Block(id="form", kind=BlockKind.FORM, texts={"title": "Send me the guide"})
    usual: dict[str, Any] = {"title": f"Energy guide {number}", "blocks": [block], "at": AT}
    page = create_page(**{**usual, "form": form, "by": None, **over})
    return publish_page(page=page, by=None, at=AT)


def a_hit(
    visitor: UUID, *, minute: float = 0, source: Source = DIRECT, title: str = "Guide", **over: Any
) -> Seen:
    """A page seen so many minutes after AT."""
    at = AT + timedelta(minutes=minute)
    usual: dict[str, Any] = {"id": new_key(), "path": "/p/guide/", "consented_at": AT}
    return Seen(**{**usual, "visitor": visitor, "at": at, "title": title, "source": source, **over})


def a_submission(*, form: Form | None = None, at: datetime = AT, **values: str) -> Submission:
    """A sent form of somebody new, unless ``email`` says who."""
    number = next(_numbers)
    answers = {"name": f"Sender {number}", "email": f"sender{number}@corvid.example", **values}
    sent = submit_form(
        form=form or a_form(),
        values=answers,
        token=uuid4(),
        sender=Sender(source=DIRECT),
        at=at,
    )
    return sent.submission


def asks(code: str, **over: Any) -> FormField:
    """A question for an own field, under a code of its own."""
    return FormField(code=f"q-{code}", kind=FieldKind.OWN, label=code, own=code, **over)


def own_form(*codes: str, **over: Any) -> Form:
    """Name, address and these own fields; ``over`` as their questions take it."""
    return a_form(fields=[NAME, EMAIL, *(asks(code, **over) for code in codes)])
