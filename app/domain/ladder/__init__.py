"""The ladder of a case: dated happenings, folded over the stages and steps of a rule set (design section 5)."""
