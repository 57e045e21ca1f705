"""What rosters of people are uploaded onto: one file per subject."""
