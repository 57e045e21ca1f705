"""Pages of the cadre appointment form: one person's, and a village's as a zip."""
