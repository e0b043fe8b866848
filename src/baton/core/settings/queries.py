from zoneinfo import ZoneInfo

from baton.core.settings.models import Brand, Organisation


def organisation() -> Organisation:
    """The company; before ``baton init`` an unsaved one with the defaults."""
    return Organisation.objects.filter(pk=1).first() or Organisation(pk=1, name="Baton")


def organisation_zone() -> ZoneInfo:
    """The zone in which reports count days."""
    return ZoneInfo(organisation().zone)


def default_brand() -> Brand | None:
    """The brand of pages that name none."""
    return Brand.objects.filter(is_default=True, deleted_at=None).first()
