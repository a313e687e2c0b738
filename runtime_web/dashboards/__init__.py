"""Dashboards: which there are for a reader, and what stands in their tiles."""
