import { exactly } from '../../flags/arity.ts';
import type { Verb } from '../../verb.ts';
import { type Building, beginBuild, goOnBuild } from './build-run.ts';

/** docker build: an image from a Dockerfile. All that it does is in a bundle of its own. */
export const build: Verb<Building> = {
  names: ['buildx build', 'build', 'builder build', 'image build'],
  path: 'buildx build',
  errors: 'ERROR: ',
  usage: '[OPTIONS] PATH | URL | -',
  flags: `add-host:strings allow:stringArray attest:stringArray build-arg:stringArray build-context:stringArray
    builder:string cache-from:stringArray cache-to:stringArray call:string check debug,D file,f:string iidfile:string
    label:stringArray load metadata-file:string network:string no-cache no-cache-filter:stringArray
    output,o:stringArray platform:stringArray progress:string provenance:string pull push quiet,q sbom:string
    secret:stringArray ssh:stringArray tag,t:stringArray target:string`,
  arity: exactly(1),
  run: (client, flags, [context = ''], env) => beginBuild(client, flags, context, env),
  resume: (state, wake, client) => goOnBuild(state, wake, client),
};
