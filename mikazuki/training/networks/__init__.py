"""Networks that are trained beside a frozen base model."""
