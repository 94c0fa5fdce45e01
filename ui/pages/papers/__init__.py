"""文书: the list of papers, one paper or many, and printing."""
