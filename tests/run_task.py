"""Run a task of the project in a folder with the packages that are here, and set nothing up.

As in `python tests/run_task.py FOLDER build --output site`.
"""

import sys

if __name__ == "__main__":
    sys.path[0] = sys.argv[1]

    import tasks
    from commands.launch.command_line import read_command
    from commands.launch.run_task import run_task

    task, values = read_command(tasks.TASKS, sys.argv[2:])
    sys.exit(run_task(task.function, values))
