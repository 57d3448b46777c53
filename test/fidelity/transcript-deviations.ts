/** Recorded commands that drydock does not match in process, by topic and place (from 1), each with the reason. */
export const transcriptDeviations: { readonly [topic: string]: { readonly [place: number]: string } } = {
  '01-first-steps': {
    16: 'no time passes between the commands here, so the stop comes while PID 1 is the entry point: its shell ignores SIGQUIT',
  },
  '07-inspect-templates': { 25: 'jq is a tool of the real host and not on the simulated one' },
  '11-build-args-env': { 8: 'jq is a tool of the real host and not on the simulated one' },
  '18-registry': {
    3: 'the registry of the recording had the layer from an earlier session; here it is empty, so the layer is pushed',
    22: 'so does the layer of the child: it is mounted from learner/app, which has just got it',
  },
  '19-system': { 19: 'jq is a tool of the real host and not on the simulated one' },
  '54-info-and-plugins': { 18: 'the real client begins this one usage with an empty line' },
  '64-limits': { 62: 'bash tries fork again after 1, 2, 4 and 8 seconds; here it gives up at once' },
};
