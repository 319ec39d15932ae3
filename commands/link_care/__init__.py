"""Care for the links to other sites: ask them politely, and find archived copies of what is gone."""
