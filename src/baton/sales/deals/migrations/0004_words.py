"""Make the index over the words of deals, and fill it."""

from django.db import migrations, models

from baton.core.search.fields import WordsField
from baton.core.search.indexes import Index, Part
from baton.core.search.keeping import KeepWords

DEALS = Index(
    table="deals_dealwords",
    record="deals_deal",
    parts=(
        Part(name="name", column="sort_key"),
        Part(name="firm", column="sort_key", table="people_company", through="company_id"),
        Part(name="person", column="sort_key", table="people_person", through="person_id"),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("deals", "0003_deal_in_state_by_close"), ("people", "0002_words")]
    operations = [
        KeepWords(DEALS),
        migrations.CreateModel(
            name="DealWords",
            fields=[
                (
                    "deal",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="deals.deal",
                    ),
                ),
                ("words", WordsField(db_column="deals_dealwords")),
            ],
            options={"db_table": "deals_dealwords", "abstract": False, "managed": False},
        ),
    ]
