"""Prices as reviewed files in git, answered through one GraphQL API."""
