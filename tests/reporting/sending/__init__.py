"""The outbox: claimed once, looked at again, sent once, whatever the mail server does."""
