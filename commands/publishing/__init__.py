"""What `publish` is made of: what git is asked, what is refused, what is shown, committed and pushed."""
