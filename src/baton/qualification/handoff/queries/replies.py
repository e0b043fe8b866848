"""What marketing said to verdicts."""

from baton.qualification.handoff.models import Handoff, Reply


def reply_to(handoff: Handoff) -> Reply | None:
    """None: marketing has not answered, or there is nothing to answer."""
    return Reply.objects.select_related("by").filter(handoff=handoff).first()
