from uuid import UUID

from baton.marketing.capture.models import Submission


def was_sent(token: UUID) -> bool:
    """Whether a form with this token was kept already."""
    return Submission.objects.filter(token=token).exists()
