"""A made-up year of customers for the example catalog, so that every question has an answer.

Owns: who the customers are and what they did (`companies.json`), the usage they made, and
putting all of it into a database in the order in which it happened, billing runs included.
Does not own: any price or rule. What a customer is invoiced comes out of the billing run.

Nothing is random: the same day makes the same demo.
"""
