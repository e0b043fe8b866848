"""What purchases plug into core."""

from baton.core.changes.slots import tracked
from baton.records.purchases.actions import PRODUCT

tracked.add(PRODUCT)
