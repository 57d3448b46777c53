/** The module subprocess in Python, for the reader: what learners' scripts use of it, with the words of CPython 3.11. */
export const subprocessSource = `PIPE = -1
STDOUT = -2
DEVNULL = -3
def _refuse(*args, **kwargs):
    raise NotImplementedError('drydock reads programs and does not let them start others (subprocess)')
run = _refuse
call = _refuse
check_call = _refuse
check_output = _refuse
Popen = _refuse
`;
