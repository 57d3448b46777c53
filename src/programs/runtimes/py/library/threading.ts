/** The module threading in Python, for the reader: tasks of which one runs at a time, until it waits. */

/** Beside what of _waiting is built in: whoever waits is in a list, and woken in its order; futures of asyncio and of threads. */
export const waitingSource = `import _waiting, time
def wait(waiters, timeout=None):
    me = _waiting.ident()
    waiters.append(me)
    woken = _waiting.park(timeout)
    if not woken and me in waiters:
        waiters.remove(me)
    return bool(woken)
def notify(waiters, n=None):
    while waiters and (n is None or n > 0):
        _waiting.wake(waiters.pop(0))
        n = None if n is None else n - 1
def some(futures, timeout, return_when):
    futures, waiters = list(futures), []
    until = None if timeout is None else time.monotonic() + timeout
    def over():
        done = [one for one in futures if one.done()]
        if return_when == 'FIRST_COMPLETED' and done:
            return True
        if return_when == 'FIRST_EXCEPTION' and [one for one in done if not one.cancelled() and one._error is not None]:
            return True
        return len(done) == len(futures) or (until is not None and time.monotonic() >= until)
    for one in futures:
        one.add_done_callback(lambda future: notify(waiters))
    while not over():
        wait(waiters, None if until is None else until - time.monotonic())
    return {one for one in futures if one.done()}, {one for one in futures if not one.done()}
`;

export const threadingSource = `import _waiting, sys, traceback, time
_threads, _count = {}, [0]
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if name is None:
            _count[0] += 1
            name = f'Thread-{_count[0]}' + ('' if target is None else f' ({target.__name__})')
        self.name, self._target, self._args, self._kwargs = str(name), target, args, kwargs or {}
        self.daemon = current_thread().daemon if daemon is None else daemon
        self.ident, self._alive, self._waiters = None, False, []
    @property
    def native_id(self):
        return self.ident
    def start(self):
        if self.ident is not None:
            raise RuntimeError('threads can only be started once')
        self._alive = True
        self.ident = _waiting.start(self.daemon, _run, self)
        _threads[self.ident] = self
        _waiting.park(0)
    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)
    def join(self, timeout=None):
        if self.ident is None:
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        if self._alive:
            _waiting.wait(self._waiters, timeout)
    def is_alive(self):
        return self._alive
    def getName(self):
        return self.name
    def setName(self, name):
        self.name = name
    def __repr__(self):
        state = 'initial' if self.ident is None else 'started' if self._alive else 'stopped'
        if self.daemon:
            state += ' daemon'
        if self.ident is not None:
            state += f' {self.ident}'
        return f'<{type(self).__name__}({self.name}, {state})>'
def _run(thread):
    try:
        thread.run()
    except SystemExit:
        pass
    except BaseException:
        print(f'Exception in thread {thread.name}:' + chr(10) + traceback.format_exc(), end='', file=sys.stderr)
    thread._alive = False
    _threads.pop(thread.ident, None)
    _waiting.notify(thread._waiters)
class _MainThread(Thread):
    def __init__(self):
        self.name, self.daemon, self.ident, self._alive, self._waiters = 'MainThread', False, 0, True, []
_main = _MainThread()
_threads[0] = _main
def current_thread():
    return _threads.get(_waiting.ident(), _main)
currentThread = current_thread
def main_thread():
    return _main
def get_ident():
    return _waiting.ident()
get_native_id = get_ident
def enumerate():
    return list(_threads.values())
def active_count():
    return len(_threads)
class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function, self.args, self.kwargs, self.finished = interval, function, args or [], kwargs or {}, Event()
    def cancel(self):
        self.finished.set()
    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()
class Lock:
    def __init__(self):
        self._held, self._waiters = False, []
    def acquire(self, blocking=True, timeout=-1):
        until = None if timeout < 0 else time.monotonic() + timeout
        while self._held:
            if not blocking or (until is not None and time.monotonic() >= until):
                return False
            _waiting.wait(self._waiters, None if until is None else until - time.monotonic())
        self._held = True
        return True
    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False
        _waiting.notify(self._waiters, 1)
    def locked(self):
        return self._held
    def __enter__(self):
        return self.acquire()
    def __exit__(self, kind, error, trace):
        self.release()
class RLock(Lock):
    def __init__(self):
        super().__init__()
        self._owner, self._times = None, 0
    def acquire(self, blocking=True, timeout=-1):
        if self._owner != _waiting.ident() and not super().acquire(blocking, timeout):
            return False
        self._owner = _waiting.ident()
        self._times += 1
        return True
    def release(self):
        if self._owner != _waiting.ident():
            raise RuntimeError('cannot release un-acquired lock')
        self._times -= 1
        if self._times == 0:
            self._owner = None
            super().release()
class Condition:
    def __init__(self, lock=None):
        self._lock, self._sleepers = lock or RLock(), []
        self.acquire, self.release = self._lock.acquire, self._lock.release
    def __enter__(self):
        return self._lock.__enter__()
    def __exit__(self, kind, error, trace):
        self._lock.release()
    def wait(self, timeout=None):
        self._lock.release()
        woken = _waiting.wait(self._sleepers, timeout)
        self._lock.acquire()
        return woken
    def wait_for(self, predicate, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        result = predicate()
        while not result and (until is None or time.monotonic() < until):
            self.wait(None if until is None else until - time.monotonic())
            result = predicate()
        return result
    def notify(self, n=1):
        _waiting.notify(self._sleepers, n)
    def notify_all(self):
        _waiting.notify(self._sleepers)
class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._value, self._waiters = value, []
    def acquire(self, blocking=True, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        while self._value == 0:
            if not blocking or (until is not None and time.monotonic() >= until):
                return False
            _waiting.wait(self._waiters, None if until is None else until - time.monotonic())
        self._value -= 1
        return True
    def release(self, n=1):
        self._value += n
        _waiting.notify(self._waiters, n)
    def __enter__(self):
        return self.acquire()
    def __exit__(self, kind, error, trace):
        self.release()
class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value
    def release(self, n=1):
        if self._value + n > self._most:
            raise ValueError('Semaphore released too many times')
        super().release(n)
class Event:
    def __init__(self):
        self._set, self._waiters = False, []
    def is_set(self):
        return self._set
    def set(self):
        self._set = True
        _waiting.notify(self._waiters)
    def clear(self):
        self._set = False
    def wait(self, timeout=None):
        if not self._set:
            _waiting.wait(self._waiters, timeout)
        return self._set
class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        if timeout is not None:
            sys._beyond('timeout= of threading.Barrier')
        self.parties, self._action, self._waiters, self.n_waiting = parties, action, [], 0
    def wait(self, timeout=None):
        if timeout is not None:
            sys._beyond('timeout= of threading.Barrier')
        index = self.parties - 1 - self.n_waiting
        self.n_waiting += 1
        if index == 0:
            if self._action:
                self._action()
            self.n_waiting = 0
            _waiting.notify(self._waiters)
        else:
            _waiting.wait(self._waiters)
        return index
class local:
    def __init__(self):
        object.__setattr__(self, '_kept', {})
    def __getattr__(self, name):
        mine = self._kept.get(_waiting.ident(), {})
        if name not in mine:
            raise AttributeError(f"'_thread._local' object has no attribute '{name}'")
        return mine[name]
    def __setattr__(self, name, value):
        self._kept.setdefault(_waiting.ident(), {})[name] = value
`;
