"""Files → the collection, and every mistake in them."""
