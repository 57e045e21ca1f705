"""Pages of open recruitment: notices, one recruitment with its ranking, what is handed out of it."""
