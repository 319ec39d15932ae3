"""From the text of another program's post to a text of this site's: its marks, its HTML, its links."""
