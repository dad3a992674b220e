"""The steps from one shape of the tables to the next, in `versions/`, oldest first. A released one never changes.

A step adds; what is no longer needed is dropped by a later release, so that processes of the version before go on
working while a new one is rolled out. A rebuilt table (`op.batch_alter_table`) of Digests has to say
`table_kwargs={"sqlite_autoincrement": True}`.
"""
