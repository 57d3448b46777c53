// Writes this process's peak resident memory, in kB, to $BENCH_PEAK as it exits. Linux's own high-water mark is preferred:
// maxRSS starts with what the parent had at fork.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  let peak = process.resourceUsage().maxRSS;
  try {
    peak = Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]);
  } catch {}
  writeFileSync(process.env.BENCH_PEAK, String(peak));
});
