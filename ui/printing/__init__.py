"""Filled .docx to pages without any office suite: the same pages feed PDF, preview and printer.

`pages.lay_out` → `PageSet` → `pdf.to_pdf`, `pages.to_image` or `printer.print_pages`. The way of a document through
the folder: read → model → inline → lines → flow and tables → boxes → paint.
"""
