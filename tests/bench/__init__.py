"""
The ratios that must not slip: `make bench`.

Each measure times two things in one run, in CPU milliseconds of this process and of
its PostgreSQL backend together, and prints one line. Wall time says more about the
neighbours of a machine than about the program.
"""
