"""Loaded before Django is (``addopts``): nothing that comes with it dies, that one should look for
it. The collector begins when all tests are found (``conftest.py``)."""

import gc

gc.disable()
