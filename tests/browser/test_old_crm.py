"""An old CRM comes along, is read as a last year, tidied up, and taken home as a file."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
HEAD = "Record ID,First Name,Last Name,Email,Phone Number,Create Date,Contact owner,Original Source"
CONTACTS = f"""\
{HEAD}
901,Greta,Lindholm,greta@brackwater.example,+49 40 5550190,2026-09-01 09:00,Teo Nilsson,Paid Search
902,Greta,Lindholm,g.l@brackwater.example,+49 40 5550190,2026-09-02 09:00,Teo Nilsson,Paid Search
903,Ivo,Brackwater,ivo@brackwater.example,,2026-09-03 09:00,Ravi Patel,Organic Search
904,Signe,Brackwater,signe@brackwater.example,,2026-09-04 09:00,Ravi Patel,Organic Search
"""
ACTIVITIES = """\
Record ID,Activity type,Activity date,Activity assigned to,Associated Contact IDs,Call outcome,Body
a1,Call,2026-09-01 09:30,Teo Nilsson,901,Connected,Wants the audit guide
a2,Call,2026-09-05 09:00,Ravi Patel,903,No Answer,
"""


def bring_in(olga: Visitor, folder: Path) -> None:
    """Two files that belong together: looked through first, then written."""
    page = olga.page
    for name, text in (("contacts.csv", CONTACTS), ("activities.csv", ACTIVITIES)):
        (folder / name).write_text(text)
    page.goto("/imports/")
    page.get_by_role("link", name="Bring files in").first.click()
    olga.look()
    page.get_by_role("button", name="Files").set_input_files(
        [folder / "contacts.csv", folder / "activities.csv"]
    )
    page.get_by_role("button", name="Look through").click()
    expect(page.locator("#import-progress")).to_contain_text("What would come")
    olga.look("looked through")
    page.get_by_role("button", name="Bring in").click()
    expect(page.locator("#import-progress")).to_contain_text("What came")
    olga.look("brought in")


def read_last_year(olga: Visitor) -> None:
    page = olga.page
    page.get_by_role("link", name="How its leads were worked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your last year")
    figure = page.locator("main").get_by_text("Never touched").first
    expect(figure).to_be_visible()
    olga.look("of an import")


def listed(page: Page, words: str, count: int) -> None:
    """Their names, mail addresses and companies are looked at."""
    page.goto(f"/people/?q={words}")
    expect(page.locator("input[type=checkbox][name=row]")).to_have_count(count)


def merge_and_part_again(olga: Visitor) -> None:
    page = olga.page
    page.goto("/duplicates/")
    waiting = page.get_by_role("region", name="Waiting")
    waiting.get_by_role("link", name=re.compile("^Greta Lindholm")).first.click()
    olga.look("a pair")
    page.get_by_role("button", name=re.compile("^Merge( M)?$")).click()
    expect(page.locator("#toasts")).to_contain_text("They are one now")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    listed(page, "Lindholm", 2)


def take_home(olga: Visitor, folder: Path) -> None:
    """Exactly the rows and columns of the list."""
    page = olga.page
    listed(page, "Brackwater", 4)
    page.get_by_role("link", name="Export").first.click()
    olga.look("export")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Export", exact=True).click()
    coming.value.save_as(folder / "people.csv")
    with (folder / "people.csv").open(newline="", encoding="utf-8-sig") as file:
        names = sorted(row["Name"] for row in csv.DictReader(file))
    assert names == ["Greta Lindholm", "Greta Lindholm", "Ivo Brackwater", "Signe Brackwater"]


def test_old_crm_comes_is_tidied_and_goes(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    olga = visit("olga")

    bring_in(olga, tmp_path)
    at = olga.page.url
    read_last_year(olga)
    merge_and_part_again(olga)
    take_home(olga, tmp_path)
    olga.page.goto(at)
    olga.page.get_by_role("button", name="Take all of it back").click()
    sure = olga.page.get_by_role("dialog")
    expect(sure).to_contain_text("Take this import back?")
    sure.get_by_role("button", name="Take all of it back").click()

    expect(olga.page.locator("#import-progress")).to_contain_text("lies in the trash")
    listed(olga.page, "Brackwater", 0)
