"""The neutral conversation: what a person does (events), what we answer (messages), and the engine between them."""
