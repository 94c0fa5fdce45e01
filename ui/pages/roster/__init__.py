"""名册导入: the steps from a file to an accepted run."""
