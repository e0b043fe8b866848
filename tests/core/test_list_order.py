"""What a list can be sorted by stands in an index: no page sorts the whole table."""

import pytest
from django.db import connection
from django.db.models import Model
from django.http import QueryDict

from baton.core.saved.slots import saved_lists
from baton.core.ui.cursors import Ordering
from baton.core.ui.lists import Column, Listing

LISTS = ["people", "companies", "deals", "campaigns", "tasks", "leads"]


def listing_of(name: str) -> Listing:
    place = saved_lists.find(name)
    assert place
    return place.listing()


def sorts(listing: Listing) -> list[Column]:
    return [column for column in listing.columns if column.sort]


def begins_an_index(model: type[Model], field: str) -> bool:
    found = model._meta.get_field(field)
    firsts = {index.fields[0].removeprefix("-") for index in model._meta.indexes if index.fields}
    return field in firsts or getattr(found, "unique", False) or getattr(found, "db_index", False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_each_arrow_has_an_index(name, admin):
    listing = listing_of(name)
    assert listing.rows
    model = listing.rows(admin, QueryDict()).model

    bare = [column.name for column in sorts(listing) if not begins_an_index(model, column.sort)]

    assert (bare, bool(sorts(listing))) == ([], True)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts what is small by hand")
@pytest.mark.parametrize("name", LISTS)
def test_a_sorted_page_walks_its_index(name, admin):
    listing = listing_of(name)
    assert listing.rows
    model = listing.rows(admin, QueryDict()).model

    plans = {
        (column.name, falls): Ordering(model, column.sort, is_descending=falls)
        .ordered(model._default_manager.all())[:26]
        .explain()
        for column in sorts(listing)
        for falls in (False, True)
    }

    assert {key: plan for key, plan in plans.items() if "TEMP B-TREE" in plan} == {}
