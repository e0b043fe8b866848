"""What a stream's own view needs beside its rows: who is seen, who is who, what was undone."""

import pyarrow as pa

from baton.insight.lake.models import Stream
from baton.insight.lake.queries.arrow import table_of
from baton.insight.lake.queries.relations import Eyes
from baton.insight.lake.queries.streams import BATCH, Source
from baton.insight.lake.queries.undone import undone_since
from baton.insight.lake.rules import Kind
from baton.records.people.models import Identity, Person
from baton.sales.deals.models import Deal

ID = {"id": Kind.INTEGER}


def people_told_apart(eyes: Eyes) -> pa.Table:
    """Of those who see all, the few that nobody sees; else those that are seen."""
    hidden = Person.objects.filter(deleted_at__isnull=False)
    return table_of((hidden if eyes.see_all else eyes.people()).order_by(), ID)


def deals_told_apart(eyes: Eyes) -> pa.Table:
    hidden = Deal.objects.filter(deleted_at__isnull=False)
    return table_of((hidden if eyes.see_all else eyes.deals()).order_by(), ID)


def identities() -> pa.Table:
    """Who somebody is now."""
    columns = {"old_id": Kind.INTEGER, "person_id": Kind.INTEGER}
    return table_of(Identity.objects.order_by(), columns)


def undone(
    stream: Stream, source: Source, *, until: int | None = None
) -> tuple[pa.Table, pa.Table] | None:
    """Batches whose undo is not in the files yet, and the rows of those that stand all the same;
    none, as nearly always, when there is no such batch."""
    told = undone_since(stream.swept, until).order_by().annotate(undone_by=BATCH)
    batches = table_of(told, {"undone_by": Kind.TEXT}).rename_columns(["batch"])
    if not batches.num_rows:
        return None
    kept = source.rows().filter(batch__in=told.values("batch")).order_by()
    return batches, table_of(kept, {source.id: Kind.INTEGER}).rename_columns(["event_id"])
