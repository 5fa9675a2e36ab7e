"""Sample data: plain-Python prose of the reports, and the season that plays a round with it."""
