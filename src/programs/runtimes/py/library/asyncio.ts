/** The module asyncio in Python, for the reader: coroutines are tasks that wait for each other, in the order of CPython's loop. */
export const asyncioSource = `import _waiting, sys, threading, time
class CancelledError(BaseException):
    __module__ = 'asyncio.exceptions'
class InvalidStateError(Exception):
    __module__ = 'asyncio.exceptions'
class QueueEmpty(Exception):
    __module__ = 'asyncio.queues'
class QueueFull(Exception):
    __module__ = 'asyncio.queues'
TimeoutError = TimeoutError
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'
_running, _tasks, _names = [None], {}, [1]
class Future:
    def __init__(self):
        self._state, self._value, self._error, self._waiters, self._callbacks = 'PENDING', None, None, [], []
    def done(self):
        return self._state != 'PENDING'
    def cancelled(self):
        return self._state == 'CANCELLED'
    def cancel(self, msg=None):
        if self.done():
            return False
        self._end('CANCELLED')
        return True
    def _end(self, state):
        self._state = state
        for one in self._callbacks:
            one(self)
        _waiting.notify(self._waiters)
    def set_result(self, value):
        if self.done():
            raise InvalidStateError('invalid state')
        self._value = value
        self._end('FINISHED')
    def set_exception(self, error):
        if self.done():
            raise InvalidStateError('invalid state')
        self._error = error
        self._end('FINISHED')
    def result(self):
        if self._state == 'CANCELLED':
            raise CancelledError()
        if self._state == 'PENDING':
            raise InvalidStateError('Result is not set.')
        if self._error is not None:
            raise self._error
        return self._value
    def exception(self):
        if self._state == 'CANCELLED':
            raise CancelledError()
        if self._state == 'PENDING':
            raise InvalidStateError('Exception is not set.')
        return self._error
    def add_done_callback(self, callback):
        if self.done():
            callback(self)
        else:
            self._callbacks.append(callback)
    def _await_(self):
        while self._state == 'PENDING':
            _waiting.wait(self._waiters)
        return self.result()
class Task(Future):
    def __init__(self, coro, name=None):
        super().__init__()
        self._coro, self._begun, self._must_cancel = coro, False, False
        if name is None:
            name = f'Task-{_names[0] + 1}'
            _names[0] += 1
        self._name = name
        self._ident = _waiting.start(True, _drive, self)
        _tasks[self._ident] = self
    def get_name(self):
        return self._name
    def set_name(self, name):
        self._name = str(name)
    def get_coro(self):
        return self._coro
    def cancel(self, msg=None):
        if self.done():
            return False
        if not self._begun or not _waiting.throw(self._ident, CancelledError() if msg is None else CancelledError(msg)):
            self._must_cancel = True
        return True
async def _drive(task):
    task._begun = True
    try:
        if task._must_cancel:
            raise CancelledError()
        value = await task._coro
    except CancelledError:
        _tasks.pop(task._ident, None)
        task._end('CANCELLED')
    except BaseException as error:
        _tasks.pop(task._ident, None)
        task.set_exception(error)
    else:
        _tasks.pop(task._ident, None)
        task.set_result(value)
def iscoroutine(value):
    return type(value).__name__ == 'coroutine'
def isfuture(value):
    return isinstance(value, Future)
def create_task(coro, *, name=None):
    if not iscoroutine(coro):
        raise TypeError(f'a coroutine was expected, got {coro!r}')
    return Task(coro, name)
def ensure_future(value):
    if isinstance(value, Future):
        return value
    if not iscoroutine(value):
        raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')
    return Task(value)
def current_task():
    return _tasks.get(_waiting.ident())
def all_tasks():
    return set(_tasks.values())
async def sleep(delay, result=None):
    _waiting.park(delay)
    return result
class _Loop:
    def time(self):
        return time.monotonic()
    def create_task(self, coro, *, name=None):
        return create_task(coro, name=name)
    def create_future(self):
        return Future()
    def run_until_complete(self, value):
        return run(value) if iscoroutine(value) else value._await_()
    async def run_in_executor(self, executor, func, *args):
        return func(*args)
    def is_running(self):
        return _running[0] is not None
    def close(self):
        pass
_loop = _Loop()
def get_running_loop():
    if _running[0] is None:
        raise RuntimeError('no running event loop')
    return _loop
def get_event_loop():
    return _loop
def new_event_loop():
    return _Loop()
def set_event_loop(loop):
    pass
def run(main, *, debug=None):
    if _running[0] is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    if not iscoroutine(main):
        raise ValueError(f'a coroutine was expected, got {main!r}')
    _running[0] = _loop
    try:
        return Task(main, 'Task-1')._await_()
    finally:
        for one in list(_tasks.values()):
            one.cancel()
        for one in list(_tasks.values()):
            while not one.done():
                _waiting.wait(one._waiters)
        _running[0] = None
async def to_thread(func, *args, **keywords):
    return func(*args, **keywords)
def gather(*values, return_exceptions=False):
    outer = Future()
    futures = [ensure_future(one) for one in values]
    left = [len(futures)]
    def ended(one):
        left[0] -= 1
        if outer.done():
            return
        if not return_exceptions:
            if one.cancelled():
                outer.set_exception(CancelledError())
                return
            if one._error is not None:
                outer.set_exception(one._error)
                return
        if left[0] == 0:
            outer.set_result([CancelledError() if each.cancelled() else each._value if each._error is None else each._error for each in futures])
    if not futures:
        outer.set_result([])
    for one in futures:
        one.add_done_callback(ended)
    return outer
async def wait_for(value, timeout):
    future = ensure_future(value)
    if not future.done():
        try:
            _waiting.wait(future._waiters, timeout)
        except CancelledError:
            future.cancel()
            raise
    if future.done():
        return future.result()
    future.cancel()
    while not future.done():
        _waiting.wait(future._waiters)
    raise TimeoutError()
async def wait(values, *, timeout=None, return_when=ALL_COMPLETED):
    return _waiting.some(values, timeout, return_when)
def as_completed(values, *, timeout=None):
    if timeout is not None:
        sys._beyond('timeout= of asyncio.as_completed')
    ended = Queue()
    futures = [ensure_future(one) for one in values]
    for one in futures:
        one.add_done_callback(ended.put_nowait)
    async def following():
        return (await ended.get()).result()
    return iter([following() for one in futures])
async def shield(value):
    return await ensure_future(value)
class _Timeout:
    def __init__(self, delay):
        self._delay, self._over = delay, False
    async def __aenter__(self):
        self._task = current_task()
        self._timer = None if self._delay is None else create_task(self._watch())
        return self
    async def _watch(self):
        await sleep(self._delay)
        self._over = True
        self._task.cancel()
    async def __aexit__(self, kind, error, trace):
        if self._timer is not None:
            self._timer.cancel()
        if self._over and isinstance(error, CancelledError):
            raise TimeoutError() from error
        return False
def timeout(delay):
    return _Timeout(delay)
class TaskGroup:
    def __init__(self):
        self._tasks = []
    async def __aenter__(self):
        return self
    def create_task(self, coro, *, name=None):
        self._tasks.append(create_task(coro, name=name))
        return self._tasks[-1]
    async def __aexit__(self, kind, error, trace):
        if error is not None:
            for one in self._tasks:
                one.cancel()
        for one in self._tasks:
            while not one.done():
                _waiting.wait(one._waiters)
            if not one.cancelled() and one._error is not None:
                sys._beyond('an exception group')
        return False
class _Held:
    async def __aenter__(self):
        await self.acquire()
    async def __aexit__(self, kind, error, trace):
        self.release()
class Lock(_Held):
    def __init__(self):
        self._held, self._waiters = False, []
    def locked(self):
        return self._held
    async def acquire(self):
        while self._held:
            _waiting.wait(self._waiters)
        self._held = True
        return True
    def release(self):
        if not self._held:
            raise RuntimeError('Lock is not acquired.')
        self._held = False
        _waiting.notify(self._waiters, 1)
class Semaphore(_Held):
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('Semaphore initial value must be >= 0')
        self._value, self._waiters = value, []
    def locked(self):
        return self._value == 0
    async def acquire(self):
        while self._value == 0:
            _waiting.wait(self._waiters)
        self._value -= 1
        return True
    def release(self):
        self._value += 1
        _waiting.notify(self._waiters, 1)
class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value
    def release(self):
        if self._value >= self._most:
            raise ValueError('BoundedSemaphore released too many times')
        super().release()
class Event(threading.Event):
    async def wait(self):
        while not self._set:
            _waiting.wait(self._waiters)
        return True
class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items, self._unfinished = maxsize, [], 0
        self._getters, self._putters, self._joiners = [], [], []
    def qsize(self):
        return len(self._items)
    def empty(self):
        return not self._items
    def full(self):
        return 0 < self.maxsize <= len(self._items)
    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._items.append(item)
        self._unfinished += 1
        _waiting.notify(self._getters, 1)
    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        item = self._items.pop(0)
        _waiting.notify(self._putters, 1)
        return item
    async def put(self, item):
        while self.full():
            _waiting.wait(self._putters)
        self.put_nowait(item)
    async def get(self):
        while not self._items:
            _waiting.wait(self._getters)
        return self.get_nowait()
    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError('task_done() called too many times')
        self._unfinished -= 1
        if self._unfinished == 0:
            _waiting.notify(self._joiners)
    async def join(self):
        if self._unfinished:
            _waiting.wait(self._joiners)
`;
