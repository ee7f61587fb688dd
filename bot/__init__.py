"""The roof: the running program and its edges, that is platforms, sources, loops, the web server and the command line."""
