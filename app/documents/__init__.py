"""Official papers: which kinds there are, their templates checked, their law texts, and filling them in."""
