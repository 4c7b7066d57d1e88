"""Tables of any size, as JSON Lines or Parquet: the same rules, in bounded memory."""
