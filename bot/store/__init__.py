"""Storage: the one room that speaks SQL."""
