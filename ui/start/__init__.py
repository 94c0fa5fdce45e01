"""From double click to the window: one instance a folder, the password or the first set-up, then the pages."""
