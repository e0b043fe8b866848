"""Sessions: the only place that ends them."""

from django.db import transaction

from baton.core.access.models import User
from baton.core.signin.models import Session


@transaction.atomic
def end_sessions(*, user: User, but: str | None = None) -> int:
    """Sign the user out everywhere, or everywhere but here (a session key); says how often."""
    count, _by_model = Session.objects.filter(user=user).exclude(session_key=but or "").delete()
    return count


@transaction.atomic
def end_session(*, session: Session) -> None:
    """Whoever has it open is asked to sign in by the next press."""
    Session.objects.filter(pk=session.pk).delete()
