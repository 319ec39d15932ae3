"""The tags of a text's tree that stand for no element of HTML."""

RAW_HTML = "raw"  # holds HTML as it was typed
TIGHT = "tight"  # a paragraph of a tight list, whose text stands in the item itself
