import fc from 'fast-check';

const simple = fc.oneof(
  fc.constantFrom('echo one', 'echo two >&2', 'printf part', 'n=$((n + 1)); echo $n', 'date +%s.%N', 'wait', 'true'),
  fc.constantFrom('sleep 0.1', 'sleep 1', 'sleep 0.7 &', 'sleep 2 & echo bg', 'false || echo no', 'pwd', 'id -u'),
  fc.constantFrom("trap 'echo usr' USR1", "trap 'echo bye' EXIT", "trap '' TERM", 'trap - USR1', 'ps | wc -l'),
  fc.constantFrom('kill -USR1 $$', 'kill -TERM $! 2>/dev/null', 'kill -STOP $!; kill -CONT $!', 'wait $!; echo $?'),
  fc.constantFrom('yes | head -n 3000 | wc -l', 'seq 5 | tr 1 x', 'echo x > /tmp/f; cat /tmp/f', 'exec 3</etc/passwd'),
  fc.constantFrom('read a <&3; echo "$a"', 'set -- a b c; shift; echo $1', 'nosuch', 'echo $? ${n:-none}'),
  fc.constantFrom(
    'sh -c "sleep 0.3; exit 3"; echo $?',
    'timeout 1 sleep 5; echo $?',
    'echo $$ $PPID',
    'sh -c "kill -9 \\$\\$"',
  ),
);

const filter = fc.constantFrom(
  'cat',
  'wc -c',
  'sort',
  'head -n 1',
  'tail -n 2',
  'while read l; do echo "[$l]"; done',
  'true',
);

/** Shell scripts at random: loops, pipes, background jobs, traps, sleeps, executed applets. They all come to an end. */
export const script: fc.Arbitrary<string> = fc.letrec<{ line: string; lines: string }>((tie) => ({
  lines: fc.array(tie('line'), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  line: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    simple,
    tie('lines').map((body) => `for i in 1 2 3; do\n${body}\ndone`),
    tie('lines').map((body) => `(\n${body}\n)`),
    tie('lines').map((body) => `{\n${body}\n} &`),
    fc.tuple(tie('lines'), filter).map(([body, to]) => `{\n${body}\n} | ${to}`),
    fc.tuple(tie('lines'), tie('lines')).map(([a, b]) => `if [ $((n % 2)) = 0 ]; then\n${a}\nelse\n${b}\nfi`),
    tie('lines').map((body) => `k=0; while [ $k -lt 2 ]; do k=$((k + 1)); (\n${body}\n)\ndone`),
    tie('lines').map((body) => `v=$(\n${body}\n); echo "<$v>"`),
    tie('lines').map((body) => `f() {\n${body}\n}; f`),
    tie('lines').map((body) => `cat <<END\n$(${body}\n)\nEND`),
  ),
})).lines;
