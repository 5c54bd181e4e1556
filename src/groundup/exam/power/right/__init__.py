"""Right learners, a file for each library; `makes()` yields (name, task, how to get one, every how many exams)."""
