/** Recorded commands that drydock does not match in process, by topic and place (from 1), each with the reason. */
export const transcriptDeviations: { readonly [topic: string]: { readonly [place: number]: string } } = {
  '01-first-steps': {
    16: 'nginx is read from the catalog, but the program itself is not simulated yet: it ends at once with 126, not 0',
  },
  '04-exec-logs': { 18: 'awk is not among the applets yet' },
  '07-inspect-templates': { 25: 'jq is a tool of the real host and not on the simulated one' },
};
