// Where the simulated shell differs from the recordings on purpose, by the case's id, with the reason. The recordings
// are of busybox 1.35 (Debian's static build); what is simulated is alpine's busybox 1.37.

const arithmetic = 'arithmetic was rewritten in busybox 1.36: && || and ?: skip what is not needed, and ?: nests';

export const shellDeviations: Readonly<Record<string, string>> = {
  'old-tilde-unknown-user-path': '1.35 drops what follows an unknown user: `~nosuchuser/x` gives `~nosuchuser`',
  'old-arith-short-circuit': arithmetic,
  'old-arith-ternary-nested': arithmetic,
};
