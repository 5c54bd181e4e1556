from itertools import groupby


def average_precision(y_true, y_score):
    """Average precision of a ranking (binary relevance), equal scores enter together."""
    ranked = sorted(zip(y_score, y_true), key=lambda p: p[0], reverse=True)
    hits = 0
    seen = 0
    total = 0.0
    for _, group in groupby(ranked, key=lambda p: p[0]):
        rels = [int(rel) for _, rel in group]
        seen += len(rels)
        hits += sum(rels)
        total += sum(rels) * hits / seen
    if hits == 0:
        return 0.0
    return total / seen
