"""The rules: each a thing with a name, and the catalogue that lists them."""
