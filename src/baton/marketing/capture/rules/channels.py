"""Where a visit came from: UTM parameters, click ids and the referrer, turned into a channel."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from baton.marketing.capture.rules.cleaning import clean_line
from baton.marketing.capture.rules.hosts import Site, name_of, site_of


class Channel(StrEnum):
    """How people come. Codes are stored, never renamed."""

    ORGANIC_SEARCH = "organic_search"
    PAID_SEARCH = "paid_search"
    SOCIAL = "social"  # not paid for
    PAID_SOCIAL = "paid_social"
    EMAIL = "email"
    REFERRAL = "referral"
    DISPLAY = "display"
    AFFILIATE = "affiliate"
    VIDEO = "video"
    EVENT = "event"
    DIRECT = "direct"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a visit, or a person, came from; every part cleaned and within its column."""

    channel: str
    source: str = ""
    medium: str = ""
    campaign: str = ""
    referrer: str = ""
    landing_page: str = ""  # path of the first page

    def tells_something(self) -> bool:
        """Whether it names a place outside: only that can begin a new visit."""
        return self.channel != Channel.DIRECT or bool(self.campaign)

    def is_same_effort(self, other: "Source") -> bool:
        """Whether both came the same way."""
        ours = (self.channel, self.source, self.campaign)
        return ours == (other.channel, other.source, other.campaign)


LONGEST = {"source": 120, "medium": 120, "campaign": 120, "referrer": 500, "landing_page": 250}
_UTM = ("source", "medium", "campaign")
CARRIED = ("utm_source", "utm_medium", "utm_campaign")

_PAID = re.compile(r"^(.*cp[acv]|ppc|paid.*|.*ads?|retargeting|sponsored)$")
_BY_MEDIUM = {
    **dict.fromkeys(("email", "e-mail", "e_mail", "mail", "newsletter"), Channel.EMAIL),
    **dict.fromkeys(
        ("social", "social-network", "social-media", "social_media", "sm"), Channel.SOCIAL
    ),
    **dict.fromkeys(("display", "banner", "cpm", "interstitial", "expandable"), Channel.DISPLAY),
    **dict.fromkeys(("affiliate", "affiliates", "partner"), Channel.AFFILIATE),
    **dict.fromkeys(("referral", "link", "app"), Channel.REFERRAL),
    **dict.fromkeys(
        ("event", "events", "webinar", "fair", "tradeshow", "trade-show", "trade_show"),
        Channel.EVENT,
    ),
    **dict.fromkeys(("none", "(none)", "direct"), Channel.DIRECT),
    "video": Channel.VIDEO,
}
# What a link of ours says, so that whoever comes by it is counted for that channel.
_MEDIA: Mapping[str, str] = {
    Channel.ORGANIC_SEARCH: "organic",
    Channel.PAID_SEARCH: "cpc",
    Channel.SOCIAL: "social",
    Channel.PAID_SOCIAL: "paid-social",
    Channel.EMAIL: "email",
    Channel.REFERRAL: "referral",
    Channel.DISPLAY: "display",
    Channel.AFFILIATE: "affiliate",
    Channel.VIDEO: "video",
    Channel.EVENT: "event",
}
_BY_SITE = {
    Site.SEARCH: Channel.ORGANIC_SEARCH,
    Site.SOCIAL: Channel.SOCIAL,
    Site.VIDEO: Channel.VIDEO,
    Site.MAIL: Channel.EMAIL,
    Site.ADS: Channel.DISPLAY,
    Site.OTHER: Channel.REFERRAL,
}
_PAID_BY_SITE = {
    Site.SOCIAL: Channel.PAID_SOCIAL,
    Site.VIDEO: Channel.VIDEO,
    Site.ADS: Channel.DISPLAY,
}
# Click ids that networks add. fbclid stands on every link out of Facebook, paid or not.
_BY_CLICK_ID = {
    "gclid": Channel.PAID_SEARCH,
    "gbraid": Channel.PAID_SEARCH,
    "wbraid": Channel.PAID_SEARCH,
    "msclkid": Channel.PAID_SEARCH,
    "dclid": Channel.DISPLAY,
    "ttclid": Channel.PAID_SOCIAL,
    "li_fat_id": Channel.PAID_SOCIAL,
    "fbclid": Channel.SOCIAL,
}
_CLICKED_AT = {
    "gclid": "google",
    "gbraid": "google",
    "wbraid": "google",
    "dclid": "google",
    "msclkid": "bing",
    "ttclid": "tiktok",
    "li_fat_id": "linkedin",
    "fbclid": "facebook",
}


def read_source(
    query: Mapping[str, str], *, referrer: str, own_hosts: Collection[str], landing_page: str
) -> Source:
    """The source of a request: its query parameters first, then click ids, then its referrer."""
    utm = {name: clean_line(query.get(f"utm_{name}", "")) for name in _UTM}
    click_id = next((name for name in _BY_CLICK_ID if query.get(name)), "")
    host = outside_host(referrer, own_hosts=own_hosts)
    found = Source(
        channel=_channel(utm, click_id=click_id, host=host),
        source=utm["source"] or _CLICKED_AT.get(click_id, "") or (name_of(host) if host else ""),
        medium=utm["medium"],
        campaign=utm["campaign"],
        referrer=clean_line(referrer) if host else "",
        landing_page=clean_line(landing_page),
    )
    return replace(found, **{part: getattr(found, part)[:most] for part, most in LONGEST.items()})


def given_source(
    *,
    channel: str = "",
    source: str = "",
    medium: str = "",
    campaign: str = "",
    referrer: str = "",
    landing_page: str = "",
) -> Source:
    """The same from parts that another server sends; a channel that we know is believed."""
    query = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign}
    read = read_source(query, referrer=referrer, own_hosts=(), landing_page=landing_page)
    return replace(read, channel=channel) if channel in set(Channel) else read


def outside_host(referrer: str, *, own_hosts: Collection[str]) -> str:
    """The referrer's host, lower case; empty for none, for ours, and for what is no address."""
    try:
        parts = urlsplit(clean_line(referrer))
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # a broken IPv6 address
        return ""
    if parts.scheme not in {"http", "https", "android-app"} or "." not in host:
        return ""
    if parts.scheme == "android-app":  # com.linkedin.android
        return ".".join(reversed(host.split(".")))
    bare = host.removeprefix("www.")
    return "" if bare in {own.lower().removeprefix("www.") for own in own_hosts} else host


def carried(query: Mapping[str, str]) -> str:
    """The UTM part of a query, to hand on to our next page; empty when there is none."""
    pairs = [(name, clean_line(query.get(name, ""))[:120]) for name in CARRIED]
    return urlencode([pair for pair in pairs if pair[1]])


def link_query(*, campaign: str, channel: str, source: str = "") -> str:
    """What stands behind the address of a page, so that who comes by it is counted for these."""
    medium = _MEDIA.get(channel, "")
    return carried({"utm_source": source, "utm_medium": medium, "utm_campaign": campaign})


def kept_query(source: Source) -> str:
    """The way somebody came, for the address of the page that is loaded once more."""
    if source.medium:
        ours = {"utm_source": source.source, "utm_medium": source.medium}
        return carried({**ours, "utm_campaign": source.campaign})
    return link_query(campaign=source.campaign, channel=source.channel, source=source.source)


def _channel(utm: Mapping[str, str], *, click_id: str, host: str) -> Channel:
    source, medium = utm["source"].lower(), utm["medium"].lower()
    site = _site_named(source) if source else (site_of(host) if host else None)
    if medium:
        return _by_medium(medium, site)
    if click_id and (not source or click_id != "fbclid"):
        return _BY_CLICK_ID[click_id]
    if source and site in {None, Site.OTHER}:
        return _by_word(source)
    if site:
        return _BY_SITE[site]
    return Channel.OTHER if utm["campaign"] else Channel.DIRECT


def _by_medium(medium: str, site: Site | None) -> Channel:
    if known := _BY_MEDIUM.get(medium):
        return known
    if "social" in medium:
        return Channel.PAID_SOCIAL if medium.startswith("paid") else Channel.SOCIAL
    if "display" in medium:
        return Channel.DISPLAY
    if _PAID.match(medium):
        return _PAID_BY_SITE.get(site or Site.SEARCH, Channel.PAID_SEARCH)
    if medium.startswith("organic"):
        return _BY_SITE[site] if site and site is not Site.OTHER else Channel.ORGANIC_SEARCH
    return Channel.OTHER


def _by_word(source: str) -> Channel:
    """A source without a medium, of a site that is none: the word may be a medium itself."""
    if "mail" in source or "newsletter" in source:
        return Channel.EMAIL
    return _BY_MEDIUM.get(source, Channel.REFERRAL if "." in source else Channel.OTHER)


def _site_named(source: str) -> Site | None:
    """``linkedin`` and ``linkedin.com`` both name the site; words that name none are None."""
    if "." in source:
        return site_of(source)
    found = site_of(f"{source}.com")
    return None if found is Site.OTHER else found
