"""What a company's own fields plug into lists."""

from baton.core.fields.asked import own_fields_of
from baton.core.filters.fields import own_fields

own_fields.add(own_fields_of)
