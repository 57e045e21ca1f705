"""Commands about figures and checks, and what their output shares."""
