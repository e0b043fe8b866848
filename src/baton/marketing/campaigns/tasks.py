from django_tasks import task

from baton.core.jobs import BULK, policy
from baton.marketing.campaigns import actions

BITE = 500  # people


@task(priority=BULK)
@policy(atomic=True)
def enlist_known(*, campaign_id: int, after: int = 0) -> None:
    """Those who came with a campaign's code before it was written down, bite by bite."""
    latest = actions.enlist_known(campaign_id=campaign_id, after=after, limit=BITE)
    if latest:
        enlist_known.enqueue(campaign_id=campaign_id, after=latest)
