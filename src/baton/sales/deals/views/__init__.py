"""Screens of deals: the list and board, the record page, the forms of opening and closing."""
