"""What the task `addresses` needs: to write the ledger, and to ask a site which addresses it has."""
