/** queue and concurrent.futures in Python, for the reader: over threads that are tasks. */
export const queueSource = `import _waiting, heapq, time
from collections import deque
class Empty(Exception):
    __module__ = '_queue'
class Full(Exception):
    __module__ = 'queue'
class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self.unfinished_tasks = maxsize, 0
        self._getters, self._putters, self._joiners = [], [], []
        self._init()
    def _init(self):
        self.queue = deque()
    def _put(self, item):
        self.queue.append(item)
    def _get(self):
        return self.queue.popleft()
    def qsize(self):
        return len(self.queue)
    def empty(self):
        return not len(self.queue)
    def full(self):
        return 0 < self.maxsize <= len(self.queue)
    def put(self, item, block=True, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        while self.full():
            if not block or (until is not None and time.monotonic() >= until):
                raise Full
            _waiting.wait(self._putters, None if until is None else until - time.monotonic())
        self._put(item)
        self.unfinished_tasks += 1
        _waiting.notify(self._getters, 1)
    def get(self, block=True, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        while self.empty():
            if not block or (until is not None and time.monotonic() >= until):
                raise Empty
            _waiting.wait(self._getters, None if until is None else until - time.monotonic())
        item = self._get()
        _waiting.notify(self._putters, 1)
        return item
    def put_nowait(self, item):
        self.put(item, False)
    def get_nowait(self):
        return self.get(False)
    def task_done(self):
        if self.unfinished_tasks <= 0:
            raise ValueError('task_done() called too many times')
        self.unfinished_tasks -= 1
        if self.unfinished_tasks == 0:
            _waiting.notify(self._joiners)
    def join(self):
        if self.unfinished_tasks:
            _waiting.wait(self._joiners)
class LifoQueue(Queue):
    def _init(self):
        self.queue = []
    def _get(self):
        return self.queue.pop()
class PriorityQueue(Queue):
    def _init(self):
        self.queue = []
    def _put(self, item):
        heapq.heappush(self.queue, item)
    def _get(self):
        return heapq.heappop(self.queue)
SimpleQueue = Queue
`;

export const futuresSource = `import _waiting, threading, queue, sys
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'
class CancelledError(Exception):
    __module__ = 'concurrent.futures._base'
class Future:
    def __init__(self):
        self._state, self._value, self._error, self._waiters, self._callbacks = 'PENDING', None, None, [], []
    def done(self):
        return self._state in ('FINISHED', 'CANCELLED')
    def running(self):
        return self._state == 'RUNNING'
    def cancelled(self):
        return self._state == 'CANCELLED'
    def cancel(self):
        if self._state != 'PENDING':
            return self._state == 'CANCELLED'
        self._end('CANCELLED')
        return True
    def _end(self, state):
        self._state = state
        _waiting.notify(self._waiters)
        for one in self._callbacks:
            one(self)
    def set_result(self, value):
        self._value = value
        self._end('FINISHED')
    def set_exception(self, error):
        self._error = error
        self._end('FINISHED')
    def add_done_callback(self, callback):
        if self.done():
            callback(self)
        else:
            self._callbacks.append(callback)
    def _finished(self, timeout):
        if not self.done():
            _waiting.wait(self._waiters, timeout)
        if not self.done():
            raise TimeoutError()
        if self._state == 'CANCELLED':
            raise CancelledError()
    def result(self, timeout=None):
        self._finished(timeout)
        if self._error is not None:
            raise self._error
        return self._value
    def exception(self, timeout=None):
        self._finished(timeout)
        return self._error
def _work(jobs):
    while True:
        job = jobs.get()
        if job is None:
            return
        future, fn, args, keywords = job
        if future.cancelled():
            continue
        future._state = 'RUNNING'
        try:
            value = fn(*args, **keywords)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(value)
_pools = [0]
class ThreadPoolExecutor:
    def __init__(self, max_workers=None, thread_name_prefix=''):
        if max_workers is not None and max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._most, self._jobs, self._threads, self._closed = max_workers or 8, queue.Queue(), [], False
        self._name = thread_name_prefix or f'ThreadPoolExecutor-{_pools[0]}'
        if not thread_name_prefix:
            _pools[0] += 1
    def submit(self, fn, /, *args, **keywords):
        if self._closed:
            raise RuntimeError('cannot schedule new futures after shutdown')
        future = Future()
        idle = len(self._jobs._getters)
        self._jobs.put((future, fn, args, keywords))
        if not idle and len(self._threads) < self._most:
            thread = threading.Thread(target=_work, name=f'{self._name}_{len(self._threads)}', args=(self._jobs,), daemon=True)
            self._threads.append(thread)
            thread.start()
        return future
    def map(self, fn, *iterables, timeout=None):
        if timeout is not None:
            sys._beyond('timeout= of ThreadPoolExecutor.map')
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        if all([one.done() for one in futures]):
            return (one.result() for one in futures)
        return iter([one.result() for one in futures])
    def shutdown(self, wait=True, cancel_futures=False):
        self._closed = True
        while cancel_futures and not self._jobs.empty():
            self._jobs.get_nowait()[0].cancel()
        if not self._threads:
            return
        for one in self._threads:
            self._jobs.put(None)
        if wait:
            for one in self._threads:
                one.join()
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        self.shutdown()
        return False
def as_completed(futures, timeout=None):
    if timeout is not None:
        sys._beyond('timeout= of concurrent.futures.as_completed')
    left = list(futures)
    ended = queue.Queue()
    for one in left:
        one.add_done_callback(ended.put)
    return iter([ended.get() for one in left])
def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    return _waiting.some(fs, timeout, return_when)
`;
