/** The module logging in Python, for the reader: loggers, handlers and formatters as CPython has them. */
export const loggingSource = `import os, sys, threading, time
CRITICAL, FATAL, ERROR, WARNING, WARN, INFO, DEBUG, NOTSET = 50, 50, 40, 30, 30, 20, 10, 0
_started = time.time()
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'
_names = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
def getLevelName(level):
    if level in _names:
        return _names[level]
    for rank, name in _names.items():
        if name == level:
            return rank
    return f'Level {level}'
def addLevelName(level, name):
    _names[level] = name
def _rank(level):
    if isinstance(level, int):
        return level
    for rank, name in _names.items():
        if name == level:
            return rank
    if level == 'WARN':
        return 30
    if level == 'FATAL':
        return 50
    raise ValueError(f'Unknown level: {level!r}')
class LogRecord:
    def __init__(self, name, level, msg, args, error):
        self.name, self.levelno, self.levelname, self.msg, self.args, self.exc_info = name, level, getLevelName(level), msg, args, error
        self.created, self.process, self.threadName = time.time(), os.getpid(), threading.current_thread().name
        self.thread, self.processName, self.relativeCreated = threading.get_ident(), 'MainProcess', (self.created - _started) * 1000
        self.msecs = int(self.created * 1000) % 1000
    def getMessage(self):
        text = str(self.msg)
        if not self.args:
            return text
        return text % (self.args[0] if len(self.args) == 1 and isinstance(self.args[0], dict) else self.args)
class Formatter:
    default_msec_format = '%s,%03d'
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True):
        if style not in ('%', '{'):
            sys._beyond('this style of a logging.Formatter')
        self._fmt, self.datefmt, self._style = fmt or ('%(message)s' if style == '%' else '{message}'), datefmt, style
    def formatTime(self, record, datefmt=None):
        if datefmt:
            return time._strftime(int(record.created * 1000000), datefmt)
        return self.default_msec_format % (time._strftime(int(record.created * 1000000), '%Y-%m-%d %H:%M:%S'), record.msecs)
    def format(self, record):
        record.message = record.getMessage()
        if 'asctime' in self._fmt:
            record.asctime = self.formatTime(record, self.datefmt)
        for name in ('lineno', 'filename', 'funcName', 'pathname', 'module'):
            if name in self._fmt:
                sys._beyond(f'%({name})s of logging')
        text = self._fmt % record.__dict__ if self._style == '%' else self._fmt.format(**record.__dict__)
        if record.exc_info:
            text = text + chr(10) + sys._traceback(record.exc_info).rstrip(chr(10))
        return text
class Handler:
    def __init__(self, level=NOTSET):
        self.level, self.formatter, self.filters = _rank(level), None, []
    def setLevel(self, level):
        self.level = _rank(level)
    def setFormatter(self, formatter):
        self.formatter = formatter
    def addFilter(self, one):
        self.filters.append(one)
    def format(self, record):
        return (self.formatter or Formatter()).format(record)
    def handle(self, record):
        if all([one.filter(record) if hasattr(one, 'filter') else one(record) for one in self.filters]):
            self.emit(record)
    def flush(self):
        pass
    def close(self):
        pass
class StreamHandler(Handler):
    terminator = chr(10)
    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream
    def emit(self, record):
        print(self.format(record), end=self.terminator, file=self.stream, flush=True)
class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False):
        if delay:
            sys._beyond('delay= of logging.FileHandler')
        super().__init__(open(str(filename), mode, encoding=encoding))
        self.baseFilename = str(filename)
class NullHandler(Handler):
    def emit(self, record):
        pass
class Logger:
    def __init__(self, name, level=NOTSET, parent=None):
        self.name, self.level, self.parent, self.handlers, self.filters, self.propagate, self.disabled = name, level, parent, [], [], True, False
    def setLevel(self, level):
        self.level = _rank(level)
    def getEffectiveLevel(self):
        one = self
        while one is not None:
            if one.level:
                return one.level
            one = one.parent
        return NOTSET
    def isEnabledFor(self, level):
        return level > _disabled[0] and level >= self.getEffectiveLevel()
    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)
    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)
    def addFilter(self, one):
        self.filters.append(one)
    def hasHandlers(self):
        return bool(self.handlers) or (self.propagate and self.parent is not None and self.parent.hasHandlers())
    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + '.' + suffix)
    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not self.isEnabledFor(level) or self.disabled:
            return
        if stack_info:
            sys._beyond('stack_info= of logging')
        if exc_info is True:
            exc_info = sys.exception()
        record = LogRecord(self.name, level, msg, args, exc_info)
        for key, value in (extra or {}).items():
            setattr(record, key, value)
        if not all([one.filter(record) if hasattr(one, 'filter') else one(record) for one in self.filters]):
            return
        one, found = self, 0
        while one is not None:
            for handler in one.handlers:
                found += 1
                if level >= handler.level:
                    handler.handle(record)
            one = one.parent if one.propagate else None
        if not found and level >= WARNING:
            print(record.getMessage() + (chr(10) + sys._traceback(exc_info).rstrip(chr(10)) if exc_info else ''), file=sys.stderr)
    def debug(self, msg, *args, **keywords):
        self.log(DEBUG, msg, *args, **keywords)
    def info(self, msg, *args, **keywords):
        self.log(INFO, msg, *args, **keywords)
    def warning(self, msg, *args, **keywords):
        self.log(WARNING, msg, *args, **keywords)
    warn = warning
    def error(self, msg, *args, **keywords):
        self.log(ERROR, msg, *args, **keywords)
    def critical(self, msg, *args, **keywords):
        self.log(CRITICAL, msg, *args, **keywords)
    fatal = critical
    def exception(self, msg, *args, exc_info=True, **keywords):
        self.log(ERROR, msg, *args, exc_info=exc_info, **keywords)
    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'
class RootLogger(Logger):
    pass
root, _loggers, _disabled = RootLogger('root', WARNING), {}, [0]
def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        parent, rest = root, name
        while '.' in rest:
            rest = rest.rpartition('.')[0]
            if rest in _loggers:
                parent = _loggers[rest]
                break
        _loggers[name] = made = Logger(name, NOTSET, parent)
        for other, one in _loggers.items():
            if other.startswith(name + '.') and one.parent is parent:
                one.parent = made
    return _loggers[name]
def disable(level=CRITICAL):
    _disabled[0] = _rank(level)
def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False, encoding=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode, encoding) if filename else StreamHandler(stream)]
    for one in handlers:
        if one.formatter is None:
            one.setFormatter(Formatter(format or (BASIC_FORMAT if style == '%' else '{levelname}:{name}:{message}'), datefmt, style))
        root.addHandler(one)
    if level is not None:
        root.setLevel(level)
def _log(level, msg, args, keywords):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **keywords)
def debug(msg, *args, **keywords):
    _log(DEBUG, msg, args, keywords)
def info(msg, *args, **keywords):
    _log(INFO, msg, args, keywords)
def warning(msg, *args, **keywords):
    _log(WARNING, msg, args, keywords)
warn = warning
def error(msg, *args, **keywords):
    _log(ERROR, msg, args, keywords)
def critical(msg, *args, **keywords):
    _log(CRITICAL, msg, args, keywords)
def exception(msg, *args, exc_info=True, **keywords):
    _log(ERROR, msg, args, {'exc_info': exc_info, **keywords})
def log(level, msg, *args, **keywords):
    _log(level, msg, args, keywords)
def shutdown():
    pass
`;
