"""The first leg: visits, pages and forms, campaigns and what they cost."""
