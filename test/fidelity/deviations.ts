// Where the simulated shell differs from the recordings on purpose, by the case's id, with the reason. The recordings
// are of busybox 1.35 (Debian's static build); what is simulated is alpine's busybox 1.37.

const arithmetic = 'arithmetic was rewritten in busybox 1.36: && || and ?: skip what is not needed, and ?: nests';

export const shellDeviations: Readonly<Record<string, string>> = {
  'old-tilde-unknown-user-path': '1.35 drops what follows an unknown user: `~nosuchuser/x` gives `~nosuchuser`',
  'old-arith-short-circuit': arithmetic,
  'old-arith-ternary-nested': arithmetic,
};

/** As `shellDeviations`, of the cases that were recorded with debian's bash and dash. */
export const debianDeviations: Readonly<Record<string, string>> = {
  'b-array-declare-p': 'an associative array that never had a value is listed as an empty one',
  'b-process-subst': 'diff reads a file by its name as a whole, and a pipe is none',
  'b-cond-syntax': 'the words for a wrong [[ ]] are those of other syntax errors',
};
