"""Mistakes of parts of files, in a sentence: where a question's own numbers prove which one it was.

A key is a question, or a question and a sign that its numbers have; the longer key is looked up first.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundup.exam.evidence import Verdict
from groundup.exam.naming import Named

SENTENCES = {
    "C10:too good": "rows that are tested were learnt from",
    "C10b:too good": "columns are selected with the labels of the rows that are tested",
    "D06d:batches": "it is the mean of the batches, in which a short last batch counts as much as a whole one",
    "D06e": "a product of large counts overflows",
    "G01": "what goes backward is not the slope of what went forward",
    "K01:turned": "the parts are handed back in an order in which labels do not belong to their rows",
    "K01": "X and y are shuffled apart: a row gets the label of another",
    "K02:both": "rows for testing are among those for training",
    "K02:lost": "rows are lost: they are in neither part",
    "K03:turned": "the share that was asked for testing is given to training",
    "K03": "the part for testing has another size than was asked",
    "K04": "the caller's own tables are shuffled in place",
    "K06": "the classes are not divided one by one",
    "K09": "stratify=y does not divide the classes one by one",
    "K08": "a whole number of test rows is not taken for that number of rows",
    "K14": "the folds are not divided class by class",
    "K15": "the seed 0 is taken for no seed",
    "I01:rows": "gaps are filled with numbers of the rows that are transformed, and not of those that were learnt",
    "I01:strategy": "a strategy does not do what its name says",
    "I01": "a gap does not get the mean, the median or the most frequent number of its own column",
    "I02": "numbers that are known are changed, or the caller's table is filled in place",
    "K11:never": "the rows that are left over where the folds are cut are never tested",
    "K11:often": "some rows are tested in more than one fold",
    "K12:both": "rows that are tested are learnt from too",
    "K12:lost": "some rows are left out of both parts of a fold, or are there twice",
    "K13": "there are more folds or fewer than were asked for",
    "D16": "the slope of softmax is its diagonal only: how each class moves with the others is left out",
    "L11": "the caller's array is changed in place",
    "K21:both": "rows of one group are learnt from and tested",
    "K21": "rows are tested never, or more than once",
    "K22": "rows are learnt from that come after those that are tested",
    "L01:above": "the slope that comes from above is not multiplied in",
    "L01:minus": "what goes backward has the wrong sign",
    "L01:scaled": "what goes backward is the slope times a constant factor",
    "L01": "what goes backward is not the slope of what went forward",
    "L02": "the slopes of its weights or biases are not those of what it sends forward",
    "L03:minus": "the gradient has the wrong sign",
    "L03:one number": "the gradient is summed up to one number",
    "L03": "the gradient is not the slope of this loss",
    "L17:minus": "the gradient has the wrong sign",
    "L17": "the gradient is not the slope of this loss",
    "L04": "the loss jumps where one of its branches begins",
    "L05": "where nobody trains, a row still depends on those beside it, or on chance",
    "L06:turned": "the share that is kept and the share that is dropped are exchanged",
    "L06:share": "drop-out lets another share through than was asked",
    "L06:mean": "with drop-out the mean in training is another one than where nobody trains",
    "L07": "drop-out sends backward through other gates than forward",
    "L08:minus": "the gradient has the wrong sign",
    "L08": "the gradient is not the slope of this cost",
    "L09:l1": "the slope of an l1 penalty is not the sign of the weights",
    "L09:l2": "the slope of an l2 penalty is not in proportion to the weights",
    "L14": "a part of the gradient is not the slope of its own cost",
    "L12": "what is kept for the time after training does not become the mean and variance of what was seen",
    "N01": "unlike categories have one code, or equal ones two",
    "N02:columns": "the columns are those of the rows that are encoded, and not those of fit",
    "N02": "the code of a row depends on the rows that are encoded with it",
    "N03:unseen": "a category that was never seen gets the code of another",
    "N04": "a second fit keeps something of the first",
    "N05": "inverse_transform does not undo transform",
    "N06": "drop='first' does not leave out the first column of every category",
    "D08": "a weight of 3 for a row is not the same as the row three times: the sum is not divided by the weights",
    "D06h": "of a table of chances another loss comes out than the mean of -log(chance of the own class)",
    "N11:shape": "the table of one-hot rows has another number of columns than there are classes",
    "N11": "the 1 does not stand in the column of its class",
    "P01:lost": "products of powers are missing, though others of the same degree are there",
    "P01:more": "products of powers come out that are above the degree, or none of those asked for",
    "P01:twice": "a product of powers comes out more than once",
    "P02:bias": "the switch for the column of ones does not do what its name says",
    "P02:mixed": "interaction_only does not leave exactly the products of unlike columns",
    "P03": "a row comes out otherwise among others, or the caller's table is changed",
    "R01:rises": "the rate rises where it should fall: what the step is divided by is not the length of the fall",
    "R01:peak": "the largest rate is not the one that was asked for",
    "R01:warm-up": "the warm-up does not rise evenly to the largest rate",
    "R01:end": "at the end the rate is not the lowest one, or not what its setting says",
    "R01:when": "the rate changes at other steps than was asked for",
    "R01": "the rate is not the one that the schedule's name promises",
    "L13": "forward hands back nothing",
    "J01": "it does not get down to the minimum of a bowl",
    "T01": "its columns do not come out as its name promises",
    "T02": "a second fit goes on with what the first one learnt",
    "T03": "rows are scaled by their own numbers, and not by those that were learnt",
    "T04": "pieces are put together to another mean or spread than that of the whole",
    "T05": "inverse_transform does not undo transform",
    "T06": "the caller's table is changed in place",
    "T08": "the digits of the spread are lost far from zero, as mean(x²) - mean(x)² loses them",
    "T10:range": "with another range than 0 to 1 the columns do not fill it",
    "T10:clipped": "with clip=True rows outside do not come out at the ends of the range, or others are changed",
    "T10:not centred": "the switch for centring changes something else too, or nothing",
    "T10:not scaled": "the switch for scaling changes something else too, or nothing",
    "T11": "inverse_transform undoes the defaults only: what was asked for by its arguments is not undone",
    "Y01": "it says stop while the loss falls",
    "Y02:never stops": "it never stops",
    "Y02:stops too early": "it stops before the patience is over",
    "Y02:stops too late": "it stops later than after the patience",
    "Y02:counts from the last loss": "the loss is compared with the last one instead of the best",
    "Y02:count not set back": "the count of bad epochs is not set back by a new best",
    "Y02": "it does not stop after the same number of epochs without a new best everywhere",
    "Y04:min_delta not used": "a fall by less than min_delta counts as one",
    "Y04": "a fall by more than min_delta does not count",
    "Y06": "the best loss that it keeps is not the smallest",
    "Y07:by reference": "the best weights are kept by reference, and change with those in training",
    "Y07:the last ones": "the weights that come back are the last ones, and not the best",
    "Y07": "the weights that come back are not those of the best loss",
    "Y08:min_delta": "where larger is better, min_delta has the wrong sign",
    "Y08": "where larger is better, it stops at other epochs than it should",
    "Z01:variance": "it is divided by the variance, and not by its root",
    "Z01": "what comes out is not what its name, its docstring or its code promises",
    "Z02": "the digits of the spread are lost far from zero, as mean(x²) - mean(x)² loses them",
    "T09": "a table of whole numbers is scaled in whole numbers, which cuts off",
}


def named(verdicts: Sequence[Verdict]) -> list[Named]:
    """The mistake that the first failure proves; none where an error was raised, or nothing is proved.

    >>> [one.mistake for one in named([Verdict("L03 mse_prime", "", "failed", 2.0, 1e-4, symptom="minus")])]
    ['the gradient has the wrong sign']
    """
    for verdict in verdicts:
        if verdict.outcome == "failed" and verdict.measured is not None:
            word = verdict.id.partition(" ")[0]
            said = SENTENCES.get(f"{word}:{verdict.symptom}") or SENTENCES.get(word)
            if said:
                return [Named(said, 1.0)]
    return []
