"""Values of the house: what a Source, a Document, a Draft and a Brief are. No I/O, only stdlib and pydantic."""
