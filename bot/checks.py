"""`ilgam check`: tries what the settings name, and says every fault in one plain sentence, without a secret in it."""
