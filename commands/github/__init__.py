"""What the steps of the workflows do on GitHub: ask its API, and say in a run what is to be done."""
