"""The pages of directives, one module a kind of page."""
