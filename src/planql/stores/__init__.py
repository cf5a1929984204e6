"""What planql remembers: customers, subscriptions, redeemed discounts, usage, issued invoices.

Owns: the tables, the statements on them, their schema migrations, and the transactions that make
recording and issuing happen exactly once. The only import of SQLAlchemy.
Does not own: any price or rule; what is stored are documents of `planql.billing`, whole.

Kinds of time: `time` and `at` are when something happened, `recorded_at` is when planql learned
of it. All are stored as whole microseconds since 1970 in UTC.

Invariants: usage is append-only and unique by (source, id); a timeline only grows; an issued
invoice never changes; the numbers of an issuer have no gaps.
"""
