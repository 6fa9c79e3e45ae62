"""unittest and doctest: runs suites and shows their results."""
import doctest
import io
import re
import unittest
from unittest import mock


class Arithmetic(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.events = ["class"]

    def setUp(self):
        self.events.append("setup")
        self.addCleanup(self.events.append, "cleanup")

    def test_good(self):
        self.assertEqual(1 + 1, 2)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertCountEqual([1, 2], [2, 1])
        with self.assertRaisesRegex(ZeroDivisionError, "by zero") as context:
            1 / 0
        self.assertIn("division", str(context.exception))
        with self.assertLogs("x") as logs:
            import logging
            logging.getLogger("x").warning("w")
        self.assertEqual(logs.output, ["WARNING:x:w"])
        with self.assertWarns(UserWarning):
            import warnings
            warnings.warn("careful")

    def test_bad_list(self):
        self.assertEqual([1, 2, 3], [1, 5, 3], "they differ")

    def test_bad_text(self):
        self.assertMultiLineEqual("a\nb\nc\n", "a\nx\nc\n")

    def test_bad_dict(self):
        self.assertDictEqual({"a": 1}, {"a": 2})

    def test_error(self):
        raise KeyError("missing")

    @unittest.skip("not now")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("as expected")

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_parts(self):
        for i in range(4):
            with self.subTest(i=i, even=i % 2 == 0):
                self.assertEqual(i % 2, 0)


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.value = 5

    async def test_it(self):
        import asyncio
        await asyncio.sleep(0)
        self.assertEqual(self.value, 5)


def tidy(text):
    text = re.sub(r'File ".*?"', 'File "..."', text)
    return re.sub(r"in [\d.]+s", "in 0s", text)


for case in (Arithmetic, Asynchronous):
    stream = io.StringIO()
    result = unittest.TextTestRunner(stream, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    print(tidy(stream.getvalue()), result)
print(Arithmetic.events)
m = mock.Mock(side_effect=[1, ValueError("v")], spec=["a", "b"])
print(m(1, k=2), m.call_args, m.call_count, m.mock_calls)
for broken in (lambda: m(), lambda: m.c, lambda: m.assert_called_once(), lambda: m.assert_called_with(3)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, str(e).replace("\n", "|"))
with mock.patch("os.getcwd", return_value="/nowhere") as fake, mock.patch.dict("os.environ", {"X": "1"}):
    import os
    print(os.getcwd(), fake.called, os.environ["X"])
magic = mock.MagicMock()
magic.__len__.return_value = 3
magic.a.b.c.return_value = "deep"
print(len(magic), magic.a.b.c(1), magic.mock_calls, mock.call(1) == mock.call(1), mock.sentinel.thing, mock.ANY == 5)


def area(w, h):
    """Area.

    >>> area(2, 3)
    6
    >>> area(2)
    Traceback (most recent call last):
    TypeError: area() missing 1 required positional argument: 'h'
    >>> [area(i, i) for i in range(5)]  # doctest: +NORMALIZE_WHITESPACE, +ELLIPSIS
    [0, 1,    ...
     16]
    >>> area(1, 1)
    2
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    """
    return w * h


runner = doctest.DocTestRunner()
out = io.StringIO()
for test in doctest.DocTestFinder().find(area, "area"):
    runner.run(test, out=out.write)
print(re.sub(r'File ".*?"', 'File "..."', out.getvalue()), runner.summarize(verbose=False))
