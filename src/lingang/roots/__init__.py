"""What an editor asks to be written in a root: a new one started, a reading signed, a person's name removed."""
