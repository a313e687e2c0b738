"""The API described in OpenAPI 3.1, made from the configuration as the caller may see it."""
