from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from baton.core.prepared import Prepared
from baton.core.settings.models import Brand, Organisation

_known: ContextVar[Organisation | None] = ContextVar("organisation", default=None)


def organisation() -> Organisation:
    """The company; before ``baton init`` an unsaved one with the defaults."""
    return _known.get() or _read()


@contextmanager
def one_organisation() -> Iterator[None]:
    """The company is read once while this lasts: for pages of many parts, which write nothing."""
    before = _known.set(_read())
    try:
        yield
    finally:
        _known.reset(before)


_OURS = Prepared(lambda: Organisation.objects.filter(pk=1))


def _read() -> Organisation:
    return _OURS.first() or Organisation(pk=1, name="Baton")


def organisation_zone() -> ZoneInfo:
    """The zone in which reports count days."""
    return ZoneInfo(organisation().zone)


def default_brand() -> Brand | None:
    """The brand of pages that name none."""
    return Brand.objects.filter(is_default=True, deleted_at=None).first()


ACCENTS = frozenset({"teal", "blue", "green", "violet", "red", "ink"})


def look_of(brand: Brand | None) -> dict[str, str]:
    """What stands around every public page of this brand."""
    look = brand.look if brand else {}
    accent = look.get("accent", "")
    return {
        "brand_name": (look.get("logo_text") or brand.name) if brand else "",
        "accent": accent if accent in ACCENTS else "teal",
        "footer": look.get("footer", ""),
    }
