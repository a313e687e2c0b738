"""Lists in groups: subtotals, the row of totals, and groups that open one by one."""
