"""Carry out what was asked for, and say in one sentence what came in between."""

import sys

from building.disk_errors import explain_os_error
from building.interrupts import interruptible
from commands.publishing.git import GitFault
from commands.publishing.order import Order
from commands.publishing.publish_site import publish_site
from commands.verifying.verify import verify_site
from commands.writing.post_files import CommandFault, print_fault


def carry_out(order: Order, verify: str | None = None) -> int:
    """Carry out an order, or compare the live site at the address `verify`; return the exit code."""
    try:
        with interruptible():
            if verify:
                return verify_site(order, verify)
            publish_site(order)
    except CommandFault as fault:
        return print_fault(fault)
    except GitFault as fault:
        sentence = f"git cannot go on ({fault.first_line}). {fault.remedy}"
        print(f"{sentence} Nothing was published.", file=sys.stderr)
        return 1
    except OSError as error:
        again = "type the same command again"
        sentence = explain_os_error(error, again=again, has_output=False)
        print(f"{sentence} Nothing was published.", file=sys.stderr)
        return 1
    return 0
