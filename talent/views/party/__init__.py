"""Pages of party life, of what members do for others, and of village projects."""
