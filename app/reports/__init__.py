"""Tables of the office written out: as a workbook for Excel and WPS, and as a docx that the pages are laid out from."""
