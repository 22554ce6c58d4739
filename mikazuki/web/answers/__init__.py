"""What the studio's routes answer with: frozen models, from which the page's own types are generated."""
