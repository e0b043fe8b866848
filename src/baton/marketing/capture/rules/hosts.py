"""What kind of site a visitor came from, read from its host name alone."""

import re
from enum import StrEnum


class Site(StrEnum):
    """A kind of site that sends visitors."""

    SEARCH = "search"
    SOCIAL = "social"
    VIDEO = "video"
    MAIL = "mail"
    ADS = "ads"
    OTHER = "other"


# Whole hosts, or domains with all that lies below them; the longest that fits decides.
_DOMAINS = {
    Site.ADS: """
        adsensecustomsearchads.com doubleclick.net googleadservices.com googlesyndication.com
        adnxs.com criteo.com taboola.com outbrain.com adform.net
    """,
    Site.SEARCH: """
        go.mail.ru nova.rambler.ru meta.ua duckduckgo.com ecosia.org qwant.com startpage.com
        search.brave.com kagi.com mojeek.com swisscows.com presearch.com ask.com so.com
        sogou.com daum.net dogpile.com metager.de metager.org yep.com gibiru.com
    """,
    Site.SOCIAL: """
        facebook.com fb.com fb.me messenger.com instagram.com threads.net threads.com linkedin.com
        lnkd.in twitter.com x.com t.co reddit.com redd.it pinterest.com pin.it tumblr.com
        tiktok.com xing.com vk.com vk.ru ok.ru odnoklassniki.ru weibo.com weibo.cn bsky.app
        mastodon.social mastodon.online mstdn.social whatsapp.com wa.me telegram.org t.me
        discord.com discord.gg snapchat.com quora.com workplace.com slack.com medium.com
        news.ycombinator.com stackoverflow.com stackexchange.com line.me kakao.com viadeo.com
    """,
    Site.VIDEO: "youtube.com youtu.be vimeo.com twitch.tv dailymotion.com wistia.com bilibili.com",
    Site.MAIL: """
        bluewin.ch 3c.web.de outlook.live.com outlook.office.com outlook.office365.com
        gm.android.google.com inbox.google.com protonmail.com proton.me fastmail.com zoho.com
        hey.com superhuman.com
    """,
    # Assistants answer with links, but nobody bought or ranked a place there: a referral.
    Site.OTHER: """
        chat.openai.com chatgpt.com gemini.google.com copilot.microsoft.com perplexity.ai
        character.ai claude.ai docs.google.com drive.google.com meet.google.com
        translate.google.com sites.google.com analytics.google.com
    """,
}
# Engines with a domain in every country: the name before the public suffix.
_ENGINES = frozenset(
    {"google", "bing", "yahoo", "yandex", "baidu", "aol", "aolsearch", "naver", "seznam"}
    | {"ixquick", "babylon", "rambler", "lycos", "excite", "voila", "virgilio", "onet"}
)
_COUNTRY_SECOND = frozenset({"co", "com", "net", "org", "gov", "ac", "or", "ne"})
_BY_DOMAIN = {name: site for site, names in _DOMAINS.items() for name in names.split()}
_MAILING = re.compile(r"(web|e-?|light)?mail|deref-|messagerie|correo|postfach")
_SEARCHING = re.compile(r"i?search|suche|recherche|buscador|ricerca")


def site_of(host: str) -> Site:
    """The kind of the site with this host name (lower case, without port)."""
    labels = host.removeprefix("www.").split(".")
    for start in range(len(labels) - 1):
        if known := _BY_DOMAIN.get(".".join(labels[start:])):
            return known
    brand_at = _brand_at(labels)
    brand, below = labels[brand_at], labels[:brand_at]
    if any(_MAILING.match(label) for label in below) or brand.startswith("deref-"):
        return Site.MAIL
    is_search = brand in _ENGINES or any(_SEARCHING.match(label) for label in below)
    return Site.SEARCH if is_search else Site.OTHER


def name_of(host: str) -> str:
    """A short name for reports: ``www.google.co.uk`` is google; unknown sites keep their host."""
    host = host.removeprefix("www.")
    labels = host.split(".")
    brand = labels[_brand_at(labels)]
    return brand if brand in _ENGINES else _BY_NAME.get(host, host)


_BY_NAME = {
    "t.co": "x",
    "twitter.com": "x",
    "x.com": "x",
    "lnkd.in": "linkedin",
    "linkedin.com": "linkedin",
    "facebook.com": "facebook",
    "l.facebook.com": "facebook",
    "m.facebook.com": "facebook",
    "lm.facebook.com": "facebook",
    "instagram.com": "instagram",
    "l.instagram.com": "instagram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "duckduckgo.com": "duckduckgo",
    "ecosia.org": "ecosia",
    "xing.com": "xing",
    "reddit.com": "reddit",
}


def _brand_at(labels: list[str]) -> int:
    """Where the registered name stands: before ``de``, before ``co.uk``."""
    is_second = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _COUNTRY_SECOND
    return max(0, len(labels) - (3 if is_second else 2))
