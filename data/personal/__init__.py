"""What is kept about accounts and their startups: named once, handed out to its owner, erased."""
