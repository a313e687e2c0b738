"""Reports as people read and make them: names, tables, charts, and what the designer offers."""
