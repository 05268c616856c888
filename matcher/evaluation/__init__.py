"""Is it any good? Metrics, intervals, baselines."""
