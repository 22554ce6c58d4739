"""What sd-scripts' entry scripts take: options as data, checks before a start, texts, our settings in them."""
