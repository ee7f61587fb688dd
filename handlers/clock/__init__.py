"""What a tick decides: recording what sources tell, matching, planning what is due, and tidying."""
