"""Reading files and recipes: no Django, no clock."""
