"""What travels through a customer's mail and browser and comes back unchanged: signed."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.urls import reverse

from baton.core.addresses import absolute
from baton.core.signed import sign_key, signed_key
from baton.sales.customers.models import Survey

_SURVEY, _FORM = "customers.survey", "customers.survey_form"


def seal_survey(survey: Survey) -> str:
    """Who has it may answer this one question."""
    return sign_key(survey.key, salt=_SURVEY)


def open_survey(text: str) -> UUID | None:
    """The question's key; None for one that is not ours."""
    return signed_key(text, salt=_SURVEY)


def survey_path(survey: Survey) -> str:
    return reverse("customers:answer", args=[seal_survey(survey)])


def survey_link(survey: Survey) -> str:
    """To hand over, or to mail."""
    return absolute(survey_path(survey))


def seal_form(survey: Survey, *, at: datetime) -> str:
    """For a page of this question that is shown now."""
    return signing.dumps({"key": survey.key.hex, "at": at.isoformat()}, salt=_FORM)


def form_opened_at(text: str, *, survey: Survey) -> datetime | None:
    """None for what we did not sign, or not for this question."""
    try:
        raw = signing.loads(text, salt=_FORM)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(raw["at"]) if raw["key"] == survey.key.hex else None
