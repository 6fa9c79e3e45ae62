"""A database in memory: types, transactions, rows, functions, errors."""
import datetime
import sqlite3

db = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
db.row_factory = sqlite3.Row
db.executescript("""
create table note (id integer primary key, title text not null unique, body blob, score real, made date);
create table tag (note integer references note(id), name text);
""")
with db:
    db.executemany("insert into note (title, body, score, made) values (?, ?, ?, ?)", [("one", b"\0\1", 1.5, datetime.date(2024, 1, 2)), ("two é", None, -2, None)])
    db.execute("insert into tag values (:n, :t)", {"n": 1, "t": "red"})
for row in db.execute("select *, upper(title) as up from note order by id desc"):
    print(tuple(row), row["up"], row.keys(), row[0])
try:
    with db:
        db.execute("insert into note (title) values ('three')")
        db.execute("insert into note (title) values ('one')")
except sqlite3.IntegrityError as e:
    print(type(e).__name__, e, e.sqlite_errorname)
print(db.execute("select count(*) from note").fetchone()[0], db.in_transaction, db.total_changes)
db.create_function("twice", 1, lambda x: x * 2, deterministic=True)


class Longest:
    def __init__(self):
        self.best = ""

    def step(self, value):
        self.best = max(self.best, value, key=len)

    def finalize(self):
        return self.best


db.create_aggregate("longest", 1, Longest)
db.create_collation("backwards", lambda a, b: (a < b) - (a > b))
print(tuple(db.execute("select twice(21), twice('ab'), longest(title) from note").fetchone()), [r[0] for r in db.execute("select title from note order by title collate backwards")])
sqlite3.register_adapter(complex, lambda z: f"{z.real};{z.imag}")
sqlite3.register_converter("complex", lambda b: complex(*map(float, b.split(b";"))))
db.execute("create table c (z complex)")
db.execute("insert into c values (?)", (3 + 4j,))
print(db.execute("select z from c").fetchone()["z"])
for sql, args in [("select", ()), ("select * from nothing", ()), ("select ?", ()), ("select ?", (object(),)), ("insert into note (title) values (null)", ()), ("select 1; select 2", ()), ("select twice(null)", ())]:
    try:
        print(db.execute(sql, args).fetchall())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
cursor = db.cursor()
cursor.execute("insert into note (title) values ('last')")
print(cursor.lastrowid, cursor.rowcount, cursor.description, cursor.fetchone(), db.execute("select 2 as t, 1").description[0][0])
db.rollback()
print(list(db.iterdump())[:3], sqlite3.paramstyle, sqlite3.complete_statement("select 1;"))
copy = sqlite3.connect(":memory:")
db.backup(copy)
print(copy.execute("select title from note").fetchall())
blob = db.execute("select body from note where id = 1").fetchone()[0]
print(blob, db.blobopen("note", "body", 1).read())
db.close()
try:
    db.execute("select 1")
except sqlite3.ProgrammingError as e:
    print(e)
