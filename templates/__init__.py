"""Data only: html/ (pages, parts, widgets, cells). A package so that a wheel carries it and its name is ours."""
