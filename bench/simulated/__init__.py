"""A simulated municipality: residents, notices, a platform that fails now and then, and what should have become of it all."""
