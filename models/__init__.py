"""What is learned or released: encoders, readers, rankers and their files."""
