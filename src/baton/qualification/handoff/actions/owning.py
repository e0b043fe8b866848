"""Who can answer for a territory or a named account."""

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.qualification.handoff.actions.refusals import BadPool, check_able
from baton.qualification.handoff.models import Pool


def check_owner(*, rep: User | None, pool: Pool | None) -> None:
    """One rep, or one pool whose members are asked. Raises BadPool."""
    if (rep is None) is (pool is None):
        raise BadPool(_("Choose a rep or a pool."))
    if rep:
        check_able(rep)
    if pool and pool.is_catch_all:
        raise BadPool(_("Choose people who take turns, not the queue."))
    if pool and pool.deleted_at:
        raise BadPool(_("“%(pool)s” lies in the trash.") % {"pool": pool})
