"""The process that opens an uploaded file: the only code that touches its bytes, and it may die doing so."""
