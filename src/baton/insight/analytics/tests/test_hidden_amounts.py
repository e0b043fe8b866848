"""Whoever does not see what deals are worth, or whose people are, is not told by reports either."""

import pytest

from baton.core.access.actions import create_user
from baton.core.fields.actions import limit_field
from baton.insight.analytics.tests.factories import a_story
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
HEAD = "head_of_marketing"  # takes reports out
OF_AMOUNTS = {
    "/insight/closed-loop/": {"Pipeline", "Revenue"},
    "/insight/pipeline/": {"Open amount", "Won amount", "Sales velocity a day"},
}


def heads_of(answer):
    return {head.label for head in answer.context["table"].heads}


@pytest.fixture
def story(company, rep, outsider, admin):
    a_story(rep=rep, outsider=outsider)
    values = {"hidden_for": [rep.role, HEAD]}
    limit_field(object_type="deal", name="amount", values=values, by=admin, at=AT)


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(("page", "columns"), OF_AMOUNTS.items())
def test_hidden_amounts_leave_no_column_behind(page, columns, rep, admin, signed_in):
    seen, unseen = (heads_of(signed_in(user).get(page)) for user in (admin, rep))

    assert seen - unseen == columns
    assert unseen < seen


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("page", "column", "amount"),
    [("pipeline", "Open now", "Open amount"), ("velocity", "Win rate", "Average won")],
)
def test_file_has_the_columns_of_the_page(page, column, amount, admin, signed_in):
    head = create_user(name="Ines", email="ines@fenn.example", role=HEAD)
    files = [
        signed_in(user).get(f"/insight/{page}/export/").content.decode() for user in (admin, head)
    ]

    assert [column in file for file in files] == [True, True]
    assert [amount in file for file in files] == [True, False]


@pytest.mark.usefixtures("story")
def test_last_year_is_told_without_money(rep, admin, signed_in):
    pages = [
        signed_in(user).get("/insight/last-year/", {"period": "all"}).content.decode()
        for user in (admin, rep)
    ]

    assert ["Money won" in page for page in pages] == [True, False]
    assert "Never touched" in pages[1]


def test_by_rep_all_people_are_nobodys_where_their_owner_is_hidden(
    company, rep, outsider, admin, signed_in
):
    a_story(rep=rep, outsider=outsider)
    values = {"hidden_for": [rep.role]}
    limit_field(object_type="person", name="owner", values=values, by=admin, at=AT)
    seen, unseen = (
        signed_in(user).get("/insight/closed-loop/", {"by": "rep"}).context["table"]
        for user in (admin, rep)
    )

    assert rep.name in {line.row.label for line in seen.lines}
    assert {line.row.group for line in unseen.lines if line.row.people} == {""}
    assert unseen.total.row.people["lead"] > 0
