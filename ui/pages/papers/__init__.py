"""文书: the register, one paper or many, and printing."""
