"""What SQLite's planner goes by: how large tables are, and how many rows share a value."""

from django.db import connection

SAMPLE = 400  # rows looked at in each index: it takes no longer as tables grow


def weigh() -> None:
    """Count anew, in samples: https://www.sqlite.org/lang_analyze.html#approx

    How often values repeat is known well from a sample, how many rows there are is not: the guesses
    of two indexes of one table were found ten times apart, and the planner then sorts 100,000 rows
    by the one that seems the shorter rather than walk the other. So each table gets one figure,
    which costs a look at its last row.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute("ANALYZE")
        cursor.execute(_WHOLE_INDEXES)
        for table, index, weights in cursor.fetchall():
            own = connection.ops.quote_name(table)
            cursor.execute(f"SELECT MAX(rowid) FROM {own}")  # noqa: S608 -- a table that is there
            [(count,)] = cursor.fetchall()
            _guess, *repeats = weights.split(" ")
            said = " ".join([str(max(1, count or 0)), *repeats])
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [said, index])
        cursor.execute("ANALYZE sqlite_schema")  # read what stands there now


# Those that hold a part of the rows have a figure of their own.
_WHOLE_INDEXES = """
    SELECT weighed.tbl, weighed.idx, weighed.stat
    FROM sqlite_stat1 AS weighed
    JOIN sqlite_schema AS told ON told.type = 'index' AND told.name = weighed.idx
    WHERE COALESCE(told.sql, '') NOT LIKE '% WHERE %'
"""
