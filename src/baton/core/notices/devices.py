"""Browsers that a user allowed to show pushes, and who we are to the services behind them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.http import Refused, check_url
from baton.core.notices.models import Device, PushKey, Sending
from baton.core.notices.webpush import BadKeys, check_keys, new_keys
from baton.core.sealed import BrokenSeal, seal, unseal

MOST = 20  # of one user
LONGEST_NAME = 80
# What a browser says of itself holds the others' names, too: the first that fits is it.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
OTHERS = (("Mac OS", "Mac"), ("Linux", "Linux"))


class BadDevice(RuleViolation):
    """Nothing that could be pushed to."""


def push_key() -> tuple[str, str]:
    """(private, public); made when first asked for. One that nobody can open any more, for its
    sealing key is gone, gives way to a new one, and with it go the devices that knew it."""
    kept = PushKey.objects.filter(pk=1).first() or _make_key()
    try:
        return unseal(kept.private), kept.public
    except BrokenSeal:
        with transaction.atomic():
            PushKey.objects.filter(pk=1, public=kept.public).delete()
            Device.objects.all().delete()
        kept = _make_key()
        return unseal(kept.private), kept.public


def _make_key() -> PushKey:
    """Two may do so at once: the first one's counts."""
    private, public = new_keys()
    made = PushKey(pk=1, private=seal(private), public=public)
    PushKey.objects.bulk_create([made], ignore_conflicts=True)
    return PushKey.objects.get(pk=1)


@transaction.atomic
def add_device(*, user: User, endpoint: str, p256dh: str, auth: str, name: str) -> Device:
    """The same browser again is the same device, and belongs to who is signed in there now."""
    try:
        check_url(endpoint, private_hosts=settings.NOTICE_PRIVATE_HOSTS)
        check_keys(p256dh=p256dh, auth=auth)
    except (Refused, BadKeys) as no:
        raise BadDevice(_("This browser gave no address for pushes.")) from no
    if len(endpoint) > 1000:
        raise BadDevice(_("This browser gave no address for pushes."))
    others = Device.objects.filter(user=user).exclude(endpoint=endpoint)
    if others.count() >= MOST:
        raise BadDevice(_("That are many devices. Remove one that you do not use any more."))
    # What is owed to who was signed in there before is theirs to read, and not on this device.
    Sending.objects.filter(device__endpoint=endpoint).exclude(user=user).delete()
    values = {"user": user, "p256dh": p256dh, "auth": auth, "name": name[:LONGEST_NAME], "told": ""}
    return Device.objects.update_or_create(endpoint=endpoint, defaults=values)[0]


def remove_device(device: Device) -> None:
    """And what is owed to it."""
    device.delete()


def devices_of(user: User) -> list[Device]:
    return list(Device.objects.filter(user=user).order_by("-pk"))


def name_of(agent: str) -> str:
    """As somebody would call it: Chrome on Android."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    browser = browser or ("Safari" if "Safari" in agent else _("Browser"))
    system = _first(agent, [*SYSTEMS, *OTHERS])
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _first(agent: str, signs: Iterable[tuple[str, str]]) -> str:
    return next((name for sign, name in signs if sign in agent), _("another system"))


def contact() -> str:
    """Whom a push service asks when we misbehave: RFC 8292 wants https: or mailto:."""
    parts = urlsplit(settings.SITE_URL)
    is_named = parts.scheme == "https" and "." in (parts.hostname or "")
    return f"https://{parts.hostname}" if is_named else "mailto:baton@localhost"
