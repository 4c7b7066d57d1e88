"""Authored files: YAML to checked trees that know their place, and quotes to spans."""
