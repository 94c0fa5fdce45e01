"""Children and the people who answer for them: rosters in, one child's record, its history."""
