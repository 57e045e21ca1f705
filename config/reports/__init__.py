"""Reports upward: the tables that a county hands in, and the account that is written from its figures."""
