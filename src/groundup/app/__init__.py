"""Room 8: the command line.

cli          the commands, and one sentence for whatever goes wrong
options      the options that several commands share
rows         from a CSV file to X and y: which columns, which rows, which labels
classes      labels that are classes, and how they are balanced
training     from options as typed to a fitted model
numbers, judge      what is said of a model that predicts numbers, or classes
cutting      where to cut a chance into yes and no
pictures, report    the pictures of --plot, and the page of --report
show         tables, numbers, JSON and live progress
cards, grades    a report card; a table of many submissions
fit, use, ahead, demo, formulas     the commands: fit; predict and evaluate; forecast; demo; formulas
exam, practice, transcript          and: exam; practice list, start, check, hint; transcript key, verify
"""
