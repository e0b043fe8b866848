"""What a sent form adds to its entry on a timeline."""

from collections.abc import Mapping, Sequence

from baton.core.offers import Telling
from baton.core.prepared import Prepared
from baton.marketing.capture.events import FormSubmitted
from baton.marketing.capture.models import Submission
from baton.marketing.capture.rules.fields import LONGEST, FieldKind, Fills, FormField

ON_THE_PERSON = frozenset({FieldKind.EMAIL, FieldKind.PHONE, FieldKind.COMPANY, FieldKind.CONSENT})
NAMES = frozenset({Fills.FULL_NAME, Fills.FIRST_NAME, Fills.LAST_NAME})

_SENT = Prepared(lambda ids: Submission.objects.select_related("form", "page").filter(pk__in=ids))


def tell_submissions(facts: Sequence[FormSubmitted]) -> Mapping[int, Telling]:
    """The answers that say something: their own words as a quote, the rest beside it."""
    rows = _SENT.by_id(ids=[fact.submission_id for fact in facts])
    return {
        fact.id: _telling(rows[fact.submission_id]) for fact in facts if fact.submission_id in rows
    }


def _telling(sent: Submission) -> Telling:
    said = sent.said()
    answers = [(field, said.get(field.code, "")) for field in sent.form.questions()]
    own_words = [value for field, value in answers if _is_prose(field, value)]
    told = [_said(field, value) for field, value in answers if value and _is_news(field, value)]
    page = [sent.page.title] if sent.page else []
    return Telling(quote="\n\n".join(own_words), detail=" · ".join([*page, *told]))


def _said(field: FormField, value: str) -> str:
    return f"{field.label} {value}" if field.label.endswith("?") else f"{field.label}: {value}"


def _is_news(field: FormField, value: str) -> bool:
    is_known = field.kind in ON_THE_PERSON or field.fills in NAMES
    return not is_known and not _is_prose(field, value)


def _is_prose(field: FormField, value: str) -> bool:
    """What stands on its own; an own field may be a long text."""
    is_text = field.kind is FieldKind.TEXTAREA and bool(value)
    return is_text or (field.kind is FieldKind.OWN and len(value) > LONGEST[FieldKind.TEXT])
