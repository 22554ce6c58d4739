"""Programs beside training, each a function with a settings class."""
