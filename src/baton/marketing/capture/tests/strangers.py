"""A stranger's browser for tests: opens pages, answers the banner, sends forms."""

from html.parser import HTMLParser

from django.test import Client

from baton.marketing.capture.models import Page

JONAS = {"name": "Jonas Berg", "email": "jonas@corvid.example", "company": "Corvid Works"}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("name"):
            self.values[str(named["name"])] = named.get("value") or ""


def fields_in(html: str) -> dict[str, str]:
    """The named inputs of a page and what stands in them."""
    parser = _Fields()
    parser.feed(html)
    return parser.values


class Stranger:
    """One browser; ``token`` and ``arrival`` are those of the page opened last."""

    def __init__(self) -> None:
        self.client = Client()
        self.token = self.arrival = ""

    def open(self, page: Page | str, **headers: str):
        path = page if isinstance(page, str) else page.public_path()
        response = self.client.get(path, headers=headers)
        found = fields_in(response.content.decode())
        self.token, self.arrival = found.get("_token", ""), found.get("_arrival", "")
        return response

    def answer(self, answer: str):
        return self.client.post("/p/consent/", {"answer": answer, "_arrival": self.arrival})

    def send(self, page: Page, values: dict[str, str] | None = None, **over: str):
        sent = {"_token": self.token, **(JONAS if values is None else values), **over}
        return self.client.post(f"{page.public_path()}send/", sent)
