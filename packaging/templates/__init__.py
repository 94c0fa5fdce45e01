"""The scripts that draw the official forms; `python -m templates` in `packaging/` writes them all."""
