"""Pages of what villages need and of bringing people together with it, one file per page."""
