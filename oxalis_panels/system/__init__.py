"""What the machine gives: files read within bounds, locks, temporary folders, other processes, git."""
