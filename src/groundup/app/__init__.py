"""Room 8: the command line.

cli          the commands, and one sentence for whatever goes wrong
options      the options that several commands share
rows         from a CSV file to X and y: which columns, which rows, on which scale
show         tables, numbers, JSON and live progress
fit, use, ahead, demo, formulas     the commands: fit; predict and evaluate; forecast; demo; formulas
"""
