import pytest

from baton.records.people.rules import (
    BuyingRole,
    NoSuchChoice,
    Seniority,
    UnreadableLink,
    postal_line,
    read_choice,
    read_country,
    read_linkedin,
    read_postal,
    read_website,
    read_x,
)

WORK = {
    "kind": "work",
    "street": "Hamngatan 1\nDoor B",
    "postcode": "211 22",
    "city": "Malmö",
    "region": "Skåne",
    "country": "Sweden",
}
ANN = "https://www.linkedin.com/in/ann-berg"


@pytest.mark.parametrize(
    ("text", "kind", "link"),
    [
        ("", "person", ""),
        ("linkedin.com/in/Ann-Berg?trk=x", "person", ANN),
        ("https://se.linkedin.com/in/ann-berg/", "person", ANN),
        ("in/ann-berg", "person", ANN),
        ("ann-berg", "person", ANN),
        (
            "www.linkedin.com/company/Halden/about",
            "company",
            "https://www.linkedin.com/company/halden",
        ),
        ("halden", "company", "https://www.linkedin.com/company/halden"),
    ],
)
def test_page_on_linkedin_has_one_way_of_writing(text, kind, link):
    assert read_linkedin(text, kind=kind) == link


@pytest.mark.parametrize("text", ["https://halden.example/in/ann", "linkedin.com/company/x", "a b"])
def test_what_is_no_page_of_a_person_on_linkedin_is_refused(text):
    with pytest.raises(UnreadableLink):
        read_linkedin(text, kind="person")


def test_names_on_x_and_websites_have_one_way_of_writing():
    found = [read_x(text) for text in ("", "@Ann", "twitter.com/ann/status/1", "https://x.com/ann")]
    sites = [
        read_website(text) for text in ("", "Halden.example/", "http://halden.example/a/?b=1#c")
    ]

    assert found == ["", "https://x.com/ann", "https://x.com/ann", "https://x.com/ann"]
    assert sites == ["", "https://halden.example", "http://halden.example/a?b=1"]


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://halden.example", "a@halden.example", "no"]
)
def test_what_is_no_page_is_refused(text):
    with pytest.raises(UnreadableLink):
        read_website(text)
    with pytest.raises(UnreadableLink):
        read_x("two words")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("de", "Germany"),
        ("DEUTSCHLAND", "Germany"),
        ("Österreich", "Austria"),
        ("USA", "United States"),
        ("LK", "Sri Lanka"),
        ("Scotland", "Scotland"),
        ("Middle-earth", "Middle-earth"),
        ("", ""),
    ],
)
def test_country_has_one_name(text, name):
    assert read_country(text) == name
    assert read_postal({"city": "Bern", "country": text})["country"] == name


def test_choices_are_read_as_others_write_them():
    assert read_choice("C-Suite", Seniority) == "c_level"
    assert read_choice("Decision maker", BuyingRole) == "decision_maker"
    assert read_choice("", BuyingRole) == ""
    with pytest.raises(NoSuchChoice):
        read_choice("boss", Seniority)


def test_postal_address_is_tidy_and_stands_on_one_line():
    read = read_postal({**WORK, "street": " Hamngatan  1 \n\n Door B", "kind": "billing"})

    assert read == {**WORK, "kind": "other"}
    assert postal_line(read) == "Hamngatan 1, Door B, 211 22 Malmö, Skåne, Sweden"
    assert read_postal({"kind": "home", "city": " "}) == {}
