from uuid import UUID

from baton.marketing.capture.models import Submission


def was_sent(token: UUID) -> bool:
    """Whether a form with this token was kept already."""
    return Submission.objects.filter(token=token).exists()


def sent_form(token: UUID) -> Submission | None:
    """What was sent with this token, with its form."""
    return Submission.objects.filter(token=token).select_related("form").first()
