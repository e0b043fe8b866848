"""On paper: every letter is readable, whatever people typed, and the document is accessible."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from baton.core.paper import Line, Paper, Part, Table, pdf_of
from baton.core.paper.letters import BREAK, LONGEST, settable

pytestmark = pytest.mark.once
AT = datetime(2026, 3, 6, 15, tzinfo=UTC)


def paper(*parts: Part) -> Paper:
    return Paper(title="Weekly review", about="2–8 March 2026", parts=parts)


def made(*parts: Part) -> Any:
    return PdfReader(BytesIO(pdf_of(paper(*parts), at=AT)))


def text_of(pdf: Any) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def is_accessible(pdf: Any) -> bool:
    metadata = pdf.root_object["/Metadata"].get_object().get_data()
    return b"pdfuaid" in metadata


@pytest.mark.parametrize(
    ("typed", "is_set"),
    [
        ("Grüße, Привет, Ελλάδα, 5 €", "Grüße, Привет, Ελλάδα, 5 €"),
        ("Done \N{ROCKET}", "Done [rocket]"),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", "[thumbs up sign]"),
        ("\N{REGIONAL INDICATOR SYMBOL LETTER D}\N{REGIONAL INDICATOR SYMBOL LETTER E}", "DE"),
        ("a\x00b\tc\nd", "a b c\nd"),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "\N{HEAVY BLACK HEART}"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}x", "x"),
        ("x" * (LONGEST + 1), "x" * LONGEST + BREAK + "x"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_what_is_typed_can_be_set(typed, is_set):
    assert settable(typed) == is_set


def test_title_language_bookmarks_and_tags_are_there():
    with override("de"):
        pdf = made(Part(title="Entschieden", lines=[Line(words="Grüße aus Київ \N{ROCKET}")]))

    assert pdf.metadata.title == "Weekly review"
    assert pdf.root_object["/Lang"].startswith("de")
    assert [one.title for one in pdf.outline] == ["Entschieden"]
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert is_accessible(pdf)
    assert "Grüße aus Київ [rocket]" in text_of(pdf)


def test_long_minutes_take_pages_that_are_counted():
    pdf = made(Part(title="Minutes", lines=[Line(words="Said so. " * 550)] * 8))

    assert len(pdf.pages) > 5
    last = pdf.pages[-1].extract_text()
    assert f"Page {len(pdf.pages)} of {len(pdf.pages)}" in last
    assert text_of(pdf).count("Said") == 8 * 550


def test_heads_of_a_long_table_stand_on_each_page():
    rows = [[f"Figure {n}", "1,200"] for n in range(90)]
    pdf = made(Part(title="Targets", table=Table(head=["Figure", "Target"], rows=rows)))

    assert len(pdf.pages) > 1
    assert all("Target" in page.extract_text() for page in pdf.pages)


def test_typed_text_is_never_read_as_source():
    typed = '#panic("no") *bold* $x$ <label> @ref // gone = Title'
    assert typed in " ".join(text_of(made(Part(title=typed, note=typed))).split())


def test_letter_without_a_font_costs_the_promise_but_not_the_document():
    pdf = made(Part(title="\N{LINEAR B SYLLABLE B008 A}", note="still there"))

    assert "still there" in text_of(pdf)
    assert not is_accessible(pdf)


def test_figures_lead_to_where_they_are_counted():
    line = Line(words="Overdue", value="3", url="https://crm.example/insight/")
    (mark, *_more) = made(Part(title="Stuck", lines=[line])).pages[0]["/Annots"]
    assert mark.get_object()["/A"]["/URI"] == "https://crm.example/insight/"


def test_names_lead_to_their_records_however_long_the_address():
    url = "https://crm.example/people/0190b0c1-1111-7222-8333-444455556666/"
    line = Line(words="Overdue", value="3", names=[("Ann Lund", url)])
    (mark,) = made(Part(title="Stuck", lines=[line])).pages[0]["/Annots"]
    assert mark.get_object()["/A"]["/URI"] == url


def test_same_paper_is_the_same_file():
    part = Part(title="Stuck", note="x")
    assert pdf_of(paper(part), at=AT) == pdf_of(paper(part), at=AT)
