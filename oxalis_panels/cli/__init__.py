"""What a person types and what a terminal shows: commands, options, help, progress, summaries."""
