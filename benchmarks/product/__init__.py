"""The product's side: the floor's four tables as a configuration, the same rows in them, and a signed-in visitor."""
