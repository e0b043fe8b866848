"""What the words of Google Analytics are in ours. No database, no clock."""

from baton.marketing.capture.rules import Channel, given_source

# Its default channel groups, casefolded; what is in none of ours is "other".
GROUPS = {
    "direct": Channel.DIRECT,
    "organic search": Channel.ORGANIC_SEARCH,
    "organic shopping": Channel.ORGANIC_SEARCH,
    "paid search": Channel.PAID_SEARCH,
    "paid shopping": Channel.PAID_SEARCH,
    "organic social": Channel.SOCIAL,
    "paid social": Channel.PAID_SOCIAL,
    "email": Channel.EMAIL,
    "referral": Channel.REFERRAL,
    "display": Channel.DISPLAY,
    "affiliates": Channel.AFFILIATE,
    "organic video": Channel.VIDEO,
    "paid video": Channel.VIDEO,
}
NOTHING = {"(not set)", "(none)", "(direct)", "(organic)", "(referral)", "(not provided)"}


def channel_of(*, group: str, source: str, medium: str) -> Channel:
    """By its group; of a file without groups by source and medium, as of our own visits."""
    if group:
        return GROUPS.get(group.casefold(), Channel.OTHER)
    if source.casefold() == "(direct)":
        return Channel.DIRECT
    return Channel(given_source(source=said(source), medium=said(medium)).channel)


def said(word: str) -> str:
    """Empty for what Google Analytics writes in brackets where there is nothing."""
    return "" if word.casefold() in NOTHING else word


def parted(source_medium: str) -> tuple[str, str]:
    """The two of "google / cpc"."""
    source, _slash, medium = source_medium.partition(" / ")
    return source.strip(), medium.strip()
