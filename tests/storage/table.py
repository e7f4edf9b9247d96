"""A small table to try the promises on."""

from sqlalchemy import Column, Integer, MetaData, Table

from feedback import storage

marks = MetaData()
mark = Table(
    "mark",
    marks,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", storage.Utc),
    Column("times", Integer, nullable=False, server_default="0"),
)
