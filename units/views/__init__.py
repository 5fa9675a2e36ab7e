"""The pages of units, people, delegations and the calendar, one module a kind of page."""
