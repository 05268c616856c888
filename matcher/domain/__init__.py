"""What we talk about: startups, carriers, facts with source and date, rules, matches and errors."""
