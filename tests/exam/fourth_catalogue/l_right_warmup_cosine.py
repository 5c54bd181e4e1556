import math


def warmup_cosine_lr(step, total_steps, base_lr=0.1, warmup_steps=0, min_lr=0.0):
    """Linear warm-up from 0 to base_lr over warmup_steps, then half a cosine down to min_lr at total_steps."""
    if step < warmup_steps:
        return base_lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    progress = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + 0.5 * (base_lr - min_lr) * (1 + math.cos(math.pi * progress))
