"""The office at its desk: who we are, its classes, calendar, rules, settings, and taking writes back."""
