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
  '70-build-sources': {
    6: 'which of two base images is unpacked first, and so which is CACHED, is chance in the real builder',
    7: 'so is under which of its names an image is looked up; and the passwd of the catalog are not the same file',
    8: 'the mirror of the recording says that there is no such image; Docker Hub says that access is denied',
    12: 'so does it here',
    19: 'folders with OCI images are refused by name',
    20: 'git over the network is refused by name',
  },
  '71-build-caches': {
    7: 'steps were printed in parts, by chance of the moment',
    8: 'the line about naming came twice, by chance of the moment',
    10: 'here too',
    13: 'layers of an imported cache are fetched with the step that made each, not all with the last one',
    17: 'the mirror of the recording says that there is no such image; Docker Hub says that access is denied',
    24: 'the number behind an importer that is none is made from the addresses of Go; refused by name',
    25: 'the same',
    26: 'caches in folders are refused by name',
    34: 'as with 13',
    44: 'docker build --push is refused by name',
  },
  '74-volume-options': { 13: 'the kernel of the recording does not show inode64 of a tmpfs; that of Ubuntu does' },
  '75-links': { 33: 'the engine chose the name of the container by chance' },
  '78-build-canceled': { 4: 'which of two stages is told of first is chance in the real builder' },
};
