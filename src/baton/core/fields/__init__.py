"""Custom fields: typed definitions; the values live in the record's own JSON column."""
