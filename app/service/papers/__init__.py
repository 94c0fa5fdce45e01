"""文书: what a paper says, issuing it, and writing it out."""
