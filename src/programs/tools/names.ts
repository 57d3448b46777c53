import type { Program } from '../../kernel/program.ts';
import {
  resumeMake,
  startJq,
  startMake,
  startOpenssl,
  startTool,
  startWrapper,
  stepJq,
  stepOpenssl,
  stepTool,
} from './entry.ts';

/**
 * Package managers and build tools of languages by the names that executable files give; `js-tool` and
 * `python-tool` are commands that packages bring, told apart by the name under which they are called.
 */
const names =
  /^(?:npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack|js-tool|mvn|gradle|composer|docker-php-(?:ext-\w+|source)|pecl|a2(?:en|dis)(?:mod|conf|site)|php(?:en|dis)mod|uv|uvx|poetry|pipenv|python-tool|cargo|bundle|bundler|gem|git|update-ca-certificates|ldconfig|locale-gen|dpkg-reconfigure|fc-cache)$/;

/** A package manager or build tool by the name that an executable file gives, if there is one. */
export function toolProgram(name: string): Program | undefined {
  if (name === 'jq') return { start: startJq, step: stepJq };
  if (name === 'make') return { start: startMake, step: (state, _wake, sys) => resumeMake(state, sys) };
  if (name === 'openssl') return { start: startOpenssl, step: stepOpenssl };
  if (!names.test(name)) return undefined;
  return {
    start: (exec, sys) => startTool(name, exec, sys),
    step: (state, _wake, sys) => stepTool(state, sys),
  };
}

/** The program `java`, which starts build tools by their wrappers' archives, and everything else as `runtime` does. */
export function withWrappers(runtime: Program): Program {
  return {
    ...runtime,
    start(exec, sys) {
      const mine = exec.argv.some((one) => /(?:WrapperMain|-wrapper\.jar)$|^-Djarmode=/.test(one))
        ? startWrapper(exec, sys)
        : undefined;
      return mine ?? runtime.start(exec, sys);
    },
  };
}
