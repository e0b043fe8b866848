from datetime import datetime, timedelta

from baton.sales.scheduling.models import Booking

KEPT = timedelta(days=1)


def forget_networks(*, at: datetime) -> int:
    """From where somebody booked is only counted for a while."""
    return Booking.objects.exclude(network="").filter(created_at__lt=at - KEPT).update(network="")
