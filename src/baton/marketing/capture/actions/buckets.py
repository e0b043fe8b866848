from datetime import datetime, timedelta

from django.db import transaction

from baton.marketing.capture.models import Bucket
from baton.marketing.capture.rules.limits import CROWD, REFILL, Level, draw

FULL_AGAIN = timedelta(seconds=CROWD * REFILL)


@transaction.atomic
def draw_token(*, key: str, at: datetime) -> bool:
    """Whether the bucket of this key still held a token; it is taken."""
    Bucket.objects.bulk_create([Bucket(key=key, tokens=CROWD, at=at)], ignore_conflicts=True)
    bucket = Bucket.objects.select_for_update().get(key=key)
    level = draw(Level(bucket.tokens, bucket.at), at=at)
    if level is None:
        return False
    bucket.tokens, bucket.at = level.tokens, level.at
    bucket.save(update_fields=["tokens", "at"])
    return True


@transaction.atomic
def forget_full_buckets(*, at: datetime) -> int:
    """A bucket that has been left alone long enough says nothing any more."""
    deleted, _by_kind = Bucket.objects.filter(at__lt=at - FULL_AGAIN).delete()
    return deleted
