import { plural, shortId } from '../quantities.ts';
import type { WatchTexts } from './watch-texts.ts';

const seconds = (us: number): string => `${us / 1_000_000} s`;

/** The sentences about looking after containers, in English. */
export const watchSentences: WatchTexts = {
  'container-init': (d) =>
    `A small init (tini) is bound into the container as ${d.path} and becomes process 1; your command is its child. It hands signals on and collects ended processes, which most programs do not do when they are process 1 themselves.`,
  'health-monitor': (d) =>
    `The container has a health check: the daemon will run ${JSON.stringify(d.command)} inside it, the first time after ${seconds(d.interval)}. Until one succeeds, or enough have failed, its health is "starting".`,
  'health-probe': (d) =>
    `The health check in ${shortId(d.container)} ${ended(d.code)}: ${d.status}, ${plural(d.streak, 'failure')} in a row of the ${d.retries} that make it unhealthy. An unhealthy container goes on running: the daemon only marks it.`,
  'read-stats': (d) =>
    d.running
      ? `The kernel counts what each cgroup uses: the daemon reads the counters of ${shortId(d.container)}. CPU % is the difference between two readings, as a part of one processor's time.`
      : `${shortId(d.container)} does not run, so it has no cgroup and uses nothing: all zeros.`,
  'read-events': (d) =>
    `The daemon remembers its last 256 events (${d.kept} now): ${d.shown} of them fit${d.follow ? ', and new ones follow as they happen' : ''}.`,
};

function ended(code: number): string {
  if (code === 0) return 'succeeded (status 0)';
  return code === -1 ? 'could not be completed' : `failed (status ${code})`;
}

/** The same in brief. */
export const watchBriefs: WatchTexts = {
  'container-init': (d) => `${d.path} is PID 1: it hands signals on and collects zombies; your command is its child`,
  'health-monitor': (d) =>
    `health check every so often, the first in ${seconds(d.interval)}; until then: health: starting`,
  'health-probe': (d) => `health check ${ended(d.code)}: ${d.status} (${d.streak} of ${d.retries} failures)`,
  'read-stats': (d) =>
    d.running ? 'counters of the cgroup, as the kernel keeps them' : 'it does not run: there is no cgroup',
  'read-events': (d) => `${plural(d.shown, 'event')} of the ${d.kept} that the daemon remembers (256 at most)`,
};
