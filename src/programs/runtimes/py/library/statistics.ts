/** The module statistics in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const statisticsSource = `class StatisticsError(ValueError):
    pass
def mean(values):
    values = list(values)
    if not values:
        raise StatisticsError('mean requires at least one data point')
    total = sum(values) / len(values)
    return int(total) if all([isinstance(one, int) for one in values]) and total == int(total) else total
def median(values):
    values = sorted(values)
    if not values:
        raise StatisticsError('no median for empty data')
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
`;
