"""What `./mosaique` calls once Python is ready: start and watch the processes, run the tests and the checks.

This room stands above all the others and imports none of them: it reaches the product only by starting
processes, so a broken setting or a dead database ends in a sentence and never in a half-started program.

Nouns: Program (a command to keep alive), Supervisor (keeps programs alive), Instance (a data folder and how it
is reached), Cluster (a throw-away PostgreSQL server for the tests).
Door: `python -m mosaique.launcher <command>`, called by the shell script at the root.
"""
