from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.qualification.lifecycle import actions
from baton.records.people.queries import company_ids_after

BITE = 5000


@every("20 3 * * *")
@task()
@policy(single=True)
def derive_all_companies() -> None:
    """Each night: what a lost fact, or a hand in the database, left wrong is right again."""
    after, at = 0, timezone.now()
    while ids := company_ids_after(after, limit=BITE):
        actions.derive_companies(company_ids=ids, at=at)
        after = ids[-1]
