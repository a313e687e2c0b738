"""The REST API: the same records through the same door as the pages, for programs that carry a token.

Addresses begin with /api/v1. Entities stand there by name; what is the program's own begins with an underscore, which
no entity's name does.
"""
