"""What unit staff see and do, without scripts."""
