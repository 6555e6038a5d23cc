"""What print shops ask for, as data: one TOML file each."""
