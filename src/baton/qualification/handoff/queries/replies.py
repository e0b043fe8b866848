"""What marketing said to verdicts."""

from baton.qualification.handoff.models import Handoff, Reply


def reply_to(handoff: Handoff) -> Reply | None:
    """None: marketing has not answered, or there is nothing to answer. Asked once, where the
    handoff was read with it."""
    return getattr(handoff, "reply", None)
