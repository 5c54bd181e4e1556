"""Right implementations, each in a style of its own, as learners write them. Every mistake is one of these, changed.

line_class       a class with fit and predict, gradient descent, mean of squares with a half
line_function    train(X, y, learning_rate, epochs), mean of squares
line_exact       least squares at once: weights of rows, a ridge penalty, standard errors
line_lasso       elastic net by coordinate descent
line_ridge       ridge at once, with a column of ones
line_module      cost, gradient and training as functions that call one another
batches          mini-batches, shuffling, a seed, a tolerance, l1 and l2
scaled           a class that standardises its columns
logistic_class   two classes, a class with probabilities
logistic_newton  two classes, Newton's method, an l2 penalty, weights of rows
logistic_module  two classes, functions
softmax_class    many classes
formulas         activations, losses and metrics as plain functions
network_class    one hidden layer, two classes, a class
network_functions  one hidden layer, many classes, functions around a dict
network_layers   any depth, numbers, lists of weights
optimiser_functions, optimiser_classes   steps of optimisers
training_parts   clipping, early stopping, schedules
"""
