"""What tests of list filters ask, and how they read the answer."""

import json
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

PEOPLE = reverse("people:list")
FORM = reverse("saved:filter")
HTMX = {"HX-Request": "true"}
MQL = ["stage", "is", "mql"]


def asking(*parts):
    return json.dumps([1, *parts], separators=(",", ":"))


def names(answer):
    return sorted(row.object.full_name for row in answer.context["list"].rows)


def chips(answer):
    return [chip.words for chip in answer.context["views"].chips]


def asked_in(url):
    return json.loads(parse_qs(urlsplit(url).query)["filter"][0])
