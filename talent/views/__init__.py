"""Pages of people and of village teams."""
