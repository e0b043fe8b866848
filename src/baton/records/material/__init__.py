"""Sales material: what buyers are sent to read, who was sent what, and what is missing."""
