"""The addresses of this app, one file per subject."""
