"""Mutants made mechanically from our own library: does the exam notice?

    changes     the small changes: operators, comparisons, constants, signs, mean and sum, dropped statements
    library     a second copy of the library in memory, under another name, with one change in it
    sittings    the exams that its estimators, methods and formulas sit
    watch       each mutant in a child process, with a limit of time
    table       what was caught, what survived, and what cannot be told apart (equivalent.json, with the reason)

    make mutants, or: python -m mutation --most 700 --shard 1/1 --results mutation/results

No file of the library is ever touched. Lines that no exam reaches are counted, and never called caught.
"""
