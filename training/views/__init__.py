"""Pages of training and degree study, one file per subject."""
