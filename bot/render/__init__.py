"""Brief -> Card, Markdown, JSON, terminal. Takes only what the verifier proved, and escapes every word of it."""
