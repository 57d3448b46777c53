/** The module unittest in Python, for the reader: what learners' tests use of it, with the words of CPython 3.11. */
export const unittestSource = `import sys, time, traceback
class SkipTest(Exception):
    __module__ = 'unittest.case'
def skip(reason):
    def mark(one):
        one.__unittest_skip__, one.__unittest_skip_why__ = True, reason
        return one
    return mark
def skipIf(condition, reason):
    return skip(reason) if condition else lambda one: one
def skipUnless(condition, reason):
    return skipIf(not condition, reason)
def expectedFailure(one):
    one.__unittest_expecting_failure__ = True
    return one
class _Raises:
    def __init__(self, kinds, regex):
        self._kinds, self._regex, self.exception = kinds, regex, None
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        if kind is None:
            name = self._kinds.__name__ if isinstance(self._kinds, type) else self._kinds
            raise AssertionError(f'{name} not raised')
        if not issubclass(kind, self._kinds) if isinstance(self._kinds, type) else not isinstance(error, self._kinds):
            return False
        self.exception = error
        if self._regex is not None:
            import re
            if not re.search(self._regex, str(error)):
                raise AssertionError(f'"{self._regex}" does not match "{error}"')
        return True
class _SubTest:
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        if error is not None and not isinstance(error, AssertionError):
            return False
        if error is not None:
            sys._beyond('reading failures within subTest')
        return False
class TestCase:
    longMessage, maxDiff, failureException = True, 640, AssertionError
    def __init__(self, name='runTest'):
        self._testMethodName, self._cleanups = name, []
    def setUp(self):
        pass
    def tearDown(self):
        pass
    @classmethod
    def setUpClass(cls):
        pass
    @classmethod
    def tearDownClass(cls):
        pass
    def id(self):
        return f'__main__.{type(self).__name__}.{self._testMethodName}'
    def __str__(self):
        return f'{self._testMethodName} ({self.id()})'
    def addCleanup(self, func, *args, **keywords):
        self._cleanups.append((func, args, keywords))
    def subTest(self, msg=None, **params):
        return _SubTest()
    def skipTest(self, reason):
        raise SkipTest(reason)
    def fail(self, msg=None):
        raise AssertionError(msg)
    def _failed(self, standard, msg):
        raise AssertionError(standard if msg is None else f'{standard} : {msg}')
    def assertEqual(self, first, second, msg=None):
        if first == second:
            return
        if type(first) is type(second) and type(first) in (str, list, tuple, dict, set, frozenset):
            sys._beyond(f'showing the difference of two values of {type(first).__name__} in unittest')
        self._failed(f'{first!r} != {second!r}', msg)
    assertEquals = assertEqual
    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._failed(f'{first!r} == {second!r}', msg)
    def assertTrue(self, value, msg=None):
        if not value:
            self._failed(f'{value!r} is not true', msg)
    def assertFalse(self, value, msg=None):
        if value:
            self._failed(f'{value!r} is not false', msg)
    def assertIs(self, first, second, msg=None):
        if first is not second:
            self._failed(f'{first!r} is not {second!r}', msg)
    def assertIsNot(self, first, second, msg=None):
        if first is second:
            self._failed(f'unexpectedly identical: {first!r}', msg)
    def assertIsNone(self, value, msg=None):
        if value is not None:
            self._failed(f'{value!r} is not None', msg)
    def assertIsNotNone(self, value, msg=None):
        if value is None:
            self._failed('unexpectedly None', msg)
    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._failed(f'{member!r} not found in {container!r}', msg)
    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._failed(f'{member!r} unexpectedly found in {container!r}', msg)
    def assertIsInstance(self, value, kind, msg=None):
        if not isinstance(value, kind):
            self._failed(f'{value!r} is not an instance of {kind!r}', msg)
    def assertNotIsInstance(self, value, kind, msg=None):
        if isinstance(value, kind):
            self._failed(f'{value!r} is an instance of {kind!r}', msg)
    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._failed(f'{a!r} not greater than {b!r}', msg)
    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._failed(f'{a!r} not greater than or equal to {b!r}', msg)
    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._failed(f'{a!r} not less than {b!r}', msg)
    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._failed(f'{a!r} not less than or equal to {b!r}', msg)
    def assertAlmostEqual(self, first, second, places=7, msg=None, delta=None):
        if first == second or (abs(first - second) <= delta if delta is not None else round(abs(first - second), places) == 0):
            return
        how = f'{delta!r} delta' if delta is not None else f'{places} places'
        self._failed(f'{first!r} != {second!r} within {how} ({abs(first - second)!r} difference)', msg)
    def assertCountEqual(self, first, second, msg=None):
        left = list(second)
        for one in first:
            if one not in left:
                sys._beyond('showing the differences of two collections in unittest')
            left.remove(one)
        if left:
            sys._beyond('showing the differences of two collections in unittest')
    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertMultiLineEqual = assertEqual
    def assertRegex(self, text, pattern, msg=None):
        import re
        if not re.search(pattern, text):
            self._failed(f"Regex didn't match: {pattern!r} not found in {text!r}", msg)
    def assertRaises(self, kinds, func=None, *args, **keywords):
        context = _Raises(kinds, None)
        if func is None:
            return context
        with context:
            func(*args, **keywords)
    def assertRaisesRegex(self, kinds, regex, func=None, *args, **keywords):
        context = _Raises(kinds, regex)
        if func is None:
            return context
        with context:
            func(*args, **keywords)
class _Result:
    def __init__(self, verbosity):
        self.verbosity, self.testsRun = verbosity, 0
        self.failures, self.errors, self.skipped, self.expected, self.unexpected = [], [], [], [], []
    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpected)
    def note(self, short, long):
        if self.verbosity:
            print(long if self.verbosity > 1 else short, end=chr(10) if self.verbosity > 1 else '', file=sys.stderr)
    def run(self, test):
        self.testsRun += 1
        method = getattr(test, test._testMethodName)
        if self.verbosity > 1:
            doc = method.__doc__
            print(str(test) + (chr(10) + doc.strip().split(chr(10))[0].strip() if doc else ''), end=' ... ', file=sys.stderr)
        for one in (type(test), method):
            if getattr(one, '__unittest_skip__', False):
                self.skip(test, one.__unittest_skip_why__)
                return
        expecting = getattr(method, '__unittest_expecting_failure__', False)
        outcomes = [self.outcome(test.setUp)]
        if outcomes[0] is None:
            outcomes = [self.outcome(method), self.outcome(test.tearDown)]
        while test._cleanups:
            func, args, keywords = test._cleanups.pop()
            outcomes.append(self.outcome(func, *args, **keywords))
        outcomes = [one for one in outcomes if one is not None]
        if expecting and [one for one in outcomes if one[0] != 'skip']:
            self.expected.append(test)
            self.note('x', 'expected failure')
        elif expecting and not outcomes:
            self.unexpected.append(test)
            self.note('u', 'unexpected success')
        elif not outcomes:
            self.note('.', 'ok')
        for kind, text in [] if expecting and [one for one in outcomes if one[0] != 'skip'] else outcomes:
            if kind == 'skip':
                self.skip(test, text)
            elif kind == 'fail':
                self.failures.append((test, text))
                self.note('F', 'FAIL')
            else:
                self.errors.append((test, text))
                self.note('E', 'ERROR')
    def outcome(self, func, *args, **keywords):
        try:
            func(*args, **keywords)
        except SkipTest as skipped:
            return ('skip', str(skipped))
        except AssertionError as caught:
            return ('fail', _shown(caught))
        except Exception as caught:
            return ('error', _shown(caught))
    def skip(self, test, reason):
        self.skipped.append((test, reason))
        self.note('s', f'skipped {reason!r}')
def _shown(error):
    return sys._traceback(error, __file__)
class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)
    def addTest(self, test):
        self._tests.append(test)
    def addTests(self, tests):
        for one in tests:
            self.addTest(one)
    def countTestCases(self):
        return len(list(self._all()))
    def _all(self):
        for one in self._tests:
            if isinstance(one, TestSuite):
                for inner in one._all():
                    yield inner
            else:
                yield one
class TestLoader:
    def getTestCaseNames(self, case):
        names = []
        for base in case.__mro__[:-1]:
            names.extend([name for name, one in base.__dict__.items() if name.startswith('test') and callable(one) and name not in names])
        return sorted(names)
    def loadTestsFromTestCase(self, case):
        return TestSuite([case(name) for name in self.getTestCaseNames(case)])
    def loadTestsFromModule(self, module):
        return _fromValues(self, module.__dict__)
defaultTestLoader = TestLoader()
def _fromValues(loader, values):
    cases = [one for name, one in sorted(values.items(), key=lambda pair: pair[0]) if isinstance(one, type) and one is not TestCase and TestCase in _bases(one)]
    return TestSuite([loader.loadTestsFromTestCase(one) for one in cases])
def _bases(one):
    return one.__mro__ if hasattr(one, '__mro__') else ()
class TextTestRunner:
    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False):
        if (stream is not None and stream is not sys.stderr) or not descriptions:
            sys._beyond('stream= or descriptions= of unittest.TextTestRunner')
        self.verbosity, self.failfast = verbosity, failfast
    def run(self, suite):
        result, before, last = _Result(self.verbosity), time.perf_counter(), None
        for test in list(suite._all()) if isinstance(suite, TestSuite) else [suite]:
            if type(test) is not last:
                if last is not None:
                    last.tearDownClass()
                last = type(test)
                last.setUpClass()
            result.run(test)
            if self.failfast and not result.wasSuccessful():
                break
        if last is not None:
            last.tearDownClass()
        taken = time.perf_counter() - before
        if self.verbosity:
            print(file=sys.stderr)
        for title, found in (('ERROR', result.errors), ('FAIL', result.failures)):
            for test, text in found:
                doc = getattr(test, test._testMethodName).__doc__
                named = str(test) + (chr(10) + doc.strip().split(chr(10))[0].strip() if doc else '')
                print('=' * 70 + chr(10) + f'{title}: {named}' + chr(10) + '-' * 70 + chr(10) + text, file=sys.stderr)
        print('-' * 70 + chr(10) + f"Ran {result.testsRun} test{'' if result.testsRun == 1 else 's'} in {taken:.3f}s" + chr(10), file=sys.stderr)
        counts = []
        for name, found in (('failures', result.failures), ('errors', result.errors), ('skipped', result.skipped), ('expected failures', result.expected), ('unexpected successes', result.unexpected)):
            if found:
                counts.append(f'{name}={len(found)}')
        print(('OK' if result.wasSuccessful() else 'FAILED') + (f" ({', '.join(counts)})" if counts else ''), file=sys.stderr)
        return result
def main(module='__main__', argv=None, exit=True, verbosity=1, failfast=False):
    if module != '__main__':
        sys._beyond('module= of unittest.main')
    words = (sys.argv if argv is None else argv)[1:]
    names = []
    for one in words:
        if one in ('-v', '--verbose'):
            verbosity = 2
        elif one in ('-q', '--quiet'):
            verbosity = 0
        elif one in ('-f', '--failfast'):
            failfast = True
        elif one.startswith('-'):
            sys._beyond(f'reading the option {one} of unittest')
        else:
            names.append(one)
    values = sys._main_names()
    suite = _fromValues(defaultTestLoader, values)
    if names:
        chosen = TestSuite()
        for one in names:
            case, _, method = one.partition('.')
            chosen.addTest(values[case](method) if method else defaultTestLoader.loadTestsFromTestCase(values[case]))
        suite = chosen
    result = TextTestRunner(verbosity=verbosity, failfast=failfast).run(suite)
    if exit:
        sys.exit(not result.wasSuccessful())
`;
