"""How users leave their own sidebars."""

from django.db import transaction

from baton.core.access.models import User
from baton.core.access.sidebar import FOLDS


@transaction.atomic
def fold(user: User, group: str, *, is_folded: bool) -> None:
    """Remembered for this user alone, wherever they sign in; what is no group changes nothing."""
    if group not in FOLDS:
        return
    locked = User.objects.select_for_update().get(pk=user.pk)
    now = locked.folds | {group} if is_folded else locked.folds - {group}
    locked.folded = sorted(now)
    locked.save(update_fields=["folded"])
