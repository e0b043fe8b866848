"""The first page of the day: what each module hands in for whoever looks, in one order."""
