"""Files on a record of any kind: kept once by their content, seen by whoever sees the record."""
