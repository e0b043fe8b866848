"""Import of other systems' files: recipes, dry run, upsert, errors to mend."""
