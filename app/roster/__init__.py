"""Rosters in: a county's spreadsheet read by its headers, row faults with cell addresses, and the difference."""
