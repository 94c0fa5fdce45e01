"""个案: the list, one case whole, and its forms."""
