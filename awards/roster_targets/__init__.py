"""What uploads are about beside their rows, one file per kind."""
