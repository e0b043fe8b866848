"""What the tests of saved views share: a view, its list opened, and what that shows."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from baton.core.saved import actions

PEOPLE = reverse("people:list")
STATE = "sort=-score&stage=mql"


def a_view(by, *, name="Warm", state=STATE, sharing="private", list_name="people"):
    return actions.create_view(
        list_name=list_name, name=name, state=state, sharing=sharing, by=by, at=timezone.now()
    )


def opened(client, view, **more):
    return client.get(f"{PEOPLE}?{view.state}&{urlencode({'saved': view.key, **more})}")


def tabs(response):
    return [(tab.view.name, tab.is_current) for tab in response.context["views"].tabs]


def pinned(response):
    return [one.label for one in response.context["shell"].pinned]


def heads(response):
    return [head.column.name for head in response.context["list"].heads]
