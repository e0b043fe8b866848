import pytest

from baton.core.ui.back import back_of, is_ours

HERE = "http://testserver"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("/people/?q=ann", True),
        (f"{HERE}/people/", True),
        ("https://evil.example/people/", False),
        ("//evil.example/people/", False),
        ("javascript:alert(1)//", False),
        ("people", False),  # Django takes it for the name of a view
        ("", False),
    ],
)
def test_page_of_this_house_is_told_from_others(rf, url, ours):
    assert is_ours(rf.get("/"), url) is ours


def test_page_without_tls_is_not_ours_where_one_is_read_with_it(rf):
    assert not is_ours(rf.get("/", secure=True), f"{HERE}/people/")


@pytest.mark.parametrize(
    ("headers", "page"),
    [
        ({"referer": f"{HERE}/people/?q=ann"}, "/people/?q=ann"),
        ({"referer": f"{HERE}/", "hx-current-url": f"{HERE}/deals/"}, "/deals/"),
        ({"referer": f"{HERE}/notes/7/?at=deal"}, "/usual/"),  # the form itself
        ({"referer": f"{HERE}//evil.example/"}, "/usual/"),
        ({"referer": "https://evil.example/people/"}, "/usual/"),
        ({}, "/usual/"),
    ],
)
def test_way_back_is_the_page_of_ours_that_was_shown(rf, headers, page):
    assert back_of(rf.post("/notes/7/", headers=headers), usual="/usual/") == page
