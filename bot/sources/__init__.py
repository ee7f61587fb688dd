"""The edges towards posting sources: each turns a site's or a file's bytes into drafts."""
