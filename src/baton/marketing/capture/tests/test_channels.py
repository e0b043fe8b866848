import json
import os
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from baton.marketing.capture.rules.channels import (
    Channel,
    carried,
    given_source,
    link_query,
    outside_host,
    read_source,
)

OURS = ("fennmark.example", "www.fennmark.de")


def channel(query: str = "", referrer: str = "") -> str:
    pairs = dict(pair.split("=", 1) for pair in query.split("&") if pair)
    source = read_source(pairs, referrer=referrer, own_hosts=OURS, landing_page="/p/guide/")
    return source.channel


@pytest.mark.parametrize(
    ("query", "referrer", "expected"),
    [
        ("", "", Channel.DIRECT),
        ("", "https://fennmark.example/p/welcome/", Channel.DIRECT),
        ("", "https://fennmark.de/", Channel.DIRECT),
        ("", "not an address", Channel.DIRECT),
        ("", "https://[broken/", Channel.DIRECT),
        ("", "file:///home/me.html", Channel.DIRECT),
        ("", "https://www.google.com/", Channel.ORGANIC_SEARCH),
        ("", "https://www.google.co.uk/search?q=meters", Channel.ORGANIC_SEARCH),
        ("", "https://mail.google.com/", Channel.EMAIL),
        ("", "https://de.search.yahoo.com/", Channel.ORGANIC_SEARCH),
        ("", "https://mail.yahoo.com/", Channel.EMAIL),
        ("", "https://duckduckgo.com/", Channel.ORGANIC_SEARCH),
        ("", "https://www.linkedin.com/feed/", Channel.SOCIAL),
        ("", "android-app://com.linkedin.android/", Channel.SOCIAL),
        ("", "android-app://com.google.android.gm/", Channel.EMAIL),
        ("", "https://m.youtube.com/watch", Channel.VIDEO),
        ("", "https://chatgpt.com/", Channel.REFERRAL),
        ("", "https://blog.partner.example/post", Channel.REFERRAL),
        ("", "https://ad.doubleclick.net/x", Channel.DISPLAY),
        ("utm_medium=cpc&utm_source=google", "", Channel.PAID_SEARCH),
        ("utm_medium=ppc&utm_source=bing", "", Channel.PAID_SEARCH),
        ("utm_medium=cpc", "", Channel.PAID_SEARCH),
        ("utm_medium=CPC&utm_source=LinkedIn", "", Channel.PAID_SOCIAL),
        ("utm_medium=paid&utm_source=facebook.com", "", Channel.PAID_SOCIAL),
        ("utm_medium=paid_social&utm_source=anything", "", Channel.PAID_SOCIAL),
        ("utm_medium=paid&utm_source=youtube", "", Channel.VIDEO),
        ("utm_medium=cpm&utm_source=news.example", "", Channel.DISPLAY),
        ("utm_medium=email&utm_source=letter", "https://www.google.com/", Channel.EMAIL),
        ("utm_medium=social&utm_source=xing", "", Channel.SOCIAL),
        ("utm_medium=organic&utm_source=google", "", Channel.ORGANIC_SEARCH),
        ("utm_medium=organic&utm_source=instagram", "", Channel.SOCIAL),
        ("utm_medium=affiliate&utm_source=meters24", "", Channel.AFFILIATE),
        ("utm_medium=webinar&utm_source=iso", "", Channel.EVENT),
        ("utm_medium=referral&utm_source=blog", "", Channel.REFERRAL),
        ("utm_medium=carrier-pigeon&utm_source=roof", "", Channel.OTHER),
        ("utm_source=linkedin&utm_campaign=plants", "", Channel.SOCIAL),
        ("utm_source=google&utm_campaign=plants", "", Channel.ORGANIC_SEARCH),
        ("utm_source=newsletter&utm_campaign=may", "", Channel.EMAIL),
        ("utm_source=webinar", "", Channel.EVENT),
        ("utm_source=partner-blog.example", "", Channel.REFERRAL),
        ("utm_source=poster", "", Channel.OTHER),
        ("utm_campaign=plants", "", Channel.OTHER),
        ("utm_campaign=plants", "https://www.bing.com/", Channel.ORGANIC_SEARCH),
        ("gclid=abc", "https://www.google.com/", Channel.PAID_SEARCH),
        ("msclkid=abc", "", Channel.PAID_SEARCH),
        ("fbclid=abc", "https://l.facebook.com/", Channel.SOCIAL),
        ("fbclid=abc&utm_source=facebook&utm_medium=paid", "", Channel.PAID_SOCIAL),
        ("fbclid=abc&utm_source=newsletter", "", Channel.EMAIL),
        ("gclid=", "", Channel.DIRECT),
    ],
)
def test_channel_of_a_request(query, referrer, expected):
    assert channel(query, referrer) == expected


def test_source_keeps_what_the_request_says():
    query = {"utm_source": " LinkedIn\x00 ", "utm_medium": "cpc", "utm_campaign": "linkedin-plants"}

    source = read_source(
        query, referrer="https://www.linkedin.com/feed", own_hosts=OURS, landing_page="/p/guide/"
    )

    assert source.source == "LinkedIn"
    assert source.campaign == "linkedin-plants"
    assert source.referrer == "https://www.linkedin.com/feed"
    assert source.landing_page == "/p/guide/"


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        ("https://www.google.de/", "google"),
        ("https://t.co/x", "x"),
        ("https://blog.example/post", "blog.example"),
        ("", ""),
    ],
)
def test_source_is_named_after_the_referrer_without_parameters(referrer, expected):
    source = read_source({}, referrer=referrer, own_hosts=OURS, landing_page="/")

    assert source.source == expected


def test_source_fits_its_columns_whatever_is_sent():
    query = {f"utm_{name}": "x" * 9000 for name in ("source", "medium", "campaign")}

    source = read_source(
        query, referrer="https://a.example/" + "y" * 9000, own_hosts=(), landing_page="z" * 900
    )

    assert len(source.source) == len(source.medium) == len(source.campaign) == 120
    assert len(source.referrer) == 500
    assert len(source.landing_page) == 250


def test_own_host_is_no_referrer():
    assert outside_host("https://WWW.Fennmark.example/a", own_hosts=OURS) == ""


def test_given_source_believes_a_known_channel_only():
    assert given_source(channel="event", source="fair").channel == "event"
    assert given_source(channel="magic", source="google", medium="cpc").channel == "paid_search"


def test_carried_keeps_the_utm_part_only():
    query = {"utm_source": "a b", "utm_campaign": "c&d", "next": "//evil.example"}

    assert carried(query) == "utm_source=a+b&utm_campaign=c%26d"


MEDIA = {
    "search": {Channel.ORGANIC_SEARCH},
    "social": {Channel.SOCIAL},
    "email": {Channel.EMAIL},
    "paid": {Channel.PAID_SEARCH, Channel.DISPLAY},
    "chatbot": {Channel.REFERRAL},
}
MEANT = {"www.pricerunner.co.uk"}  # a shop's comparison page is a referral to us


@pytest.mark.real_data
@pytest.mark.skipif(not os.environ.get("BATON_REAL_DATA"), reason="the files are not here")
def test_channels_of_real_referrers():
    file = Path(os.environ["BATON_REAL_DATA"]) / "referers" / "referer-tests-a.json"
    cases = json.loads(file.read_text())

    odd = {
        case["uri"]
        for case in cases
        if channel(referrer=case["uri"]) not in MEDIA[case["medium"]]
        and case["uri"].split("/")[2] not in MEANT
    }

    assert len(cases) > 50
    assert odd == set()


@pytest.mark.parametrize("referrer", ["http://a\0b.example/", "http://ab\u202e.example/\0"])
def test_signs_that_are_no_writing_stay_out_of_a_source(referrer):
    source = read_source({}, referrer=referrer, own_hosts=OURS, landing_page="/\0")

    assert source.source == "ab.example"
    assert source.landing_page == "/"


@pytest.mark.parametrize("channel", [one for one in Channel if one not in {"direct", "other"}])
def test_link_of_a_campaign_is_counted_for_its_channel(channel):
    query = dict(parse_qsl(link_query(campaign="winter", channel=channel)))

    came = read_source(query, referrer="", own_hosts=(), landing_page="/p/x/")

    assert (came.channel, came.campaign) == (channel, "winter")


def test_link_names_no_medium_where_a_channel_has_none():
    assert link_query(campaign="winter", channel="direct") == "utm_campaign=winter"
