"""The agreement in force, and the draft of the next."""

from baton.qualification.handoff.models import Agreement


def agreement_in_force() -> Agreement | None:
    """The latest version that both sides signed; None: nobody has agreed to anything yet."""
    return Agreement.objects.signed().order_by("-version").first()


def draft_agreement() -> Agreement | None:
    """The version that is being talked about, newer than the one in force; None: there is none."""
    latest = Agreement.objects.order_by("-version").first()
    return latest if latest and latest.valid_from is None else None
