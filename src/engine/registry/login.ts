import type { Machine } from '../../kernel/machine.ts';
import { hubId, registryIn } from '../../registry/store.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { step } from '../step.ts';
import { locate } from './locate.ts';
import { unavailable } from './trouble.ts';

/** Who wants to be known by a registry. The password is looked at and not kept. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Docker Hub's old address, or a host with its port. */
  readonly serveraddress: string;
}

/** How clients call Docker Hub when they log in. */
const hubAddress = 'https://index.docker.io/v1/';

/**
 * POST /auth: asks a registry whether it knows this user. Docker Hub in this world knows everybody who has a password;
 * registries here let everybody in. Throws EngineError for those that cannot be reached.
 */
export function logIn(m: Machine, { username, password, serveraddress }: Credentials): ApiResponse {
  const hub = serveraddress === hubAddress || serveraddress === '';
  const domain = hub ? hubId : serveraddress.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  if (hub && (username === '' || password === '')) {
    const text = 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password';
    throw new EngineError('bad-parameter', 401, text);
  }
  const registry = locate(m, domain);
  if (registryIn(m, registry).trouble?.state === 'down') {
    const text = `login attempt to https://registry-1.docker.io/v2/ failed with status: ${unavailable}`;
    throw new EngineError('registry-down', 500, text);
  }
  step(m, 'dockerd', 'login', { registry: domain, username });
  return { status: 200, body: { IdentityToken: '', Status: 'Login Succeeded' } };
}
