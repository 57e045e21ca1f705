"""Pages of elections of village teams (换届), one file per subject."""
