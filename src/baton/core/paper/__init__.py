"""What is read on paper: a document of plain parts, and the PDF that is made of it."""

from baton.core.paper.setting import TYPE, Line, Paper, Part, Table, kept_as, pdf_of

__all__ = ["TYPE", "Line", "Paper", "Part", "Table", "kept_as", "pdf_of"]
