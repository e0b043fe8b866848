"""What happened, as Parquet files that DuckDB reads: reports over facts and hits never touch the
tables that people work in. The log in the database stays the truth; files are made from it.
"""
