"""After a test whose transactions were real nothing of it is left: ``flush`` of ``tests.lab``."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection

from baton.core.access.models import User
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal
from tests.lab.management.commands.flush import KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "rep")]


def written():
    """The tables that hold a row."""
    with connection.cursor() as cursor:
        for name in connection.introspection.django_table_names(include_views=False):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 -- ours
            if cursor.fetchone():
                yield name


def test_all_that_was_written_goes():
    a_deal()
    before = set(written())
    permissions = Permission.objects.count()

    call_command("flush", interactive=False, verbosity=0)

    assert {User._meta.db_table, Deal._meta.db_table} < before
    assert set(written()) == KEPT
    assert Permission.objects.count() == permissions > 0
