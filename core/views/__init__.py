"""Pages that belong to no subject: signing in, the overview, figures, findings, errors."""
