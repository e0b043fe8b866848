"""What colleagues do around one record, whatever its kind: open it to each other."""
