import type { Json } from '../kernel/json.ts';
import type { Machine, Service, Software } from '../kernel/machine.ts';
import { type LineRequest, lineService } from '../programs/shell/run/line-service.ts';
import { completeLine } from '../shell/completion/line.ts';
import { type Answer, type Typed, wordProgram, wordRunner, wordService } from '../shell/word.ts';
import { classroomSoftware } from './classroom-machine.ts';
import { ownScenarios } from './scenario-files.ts';

/** What the services of a classroom hand on to it. */
export interface ClassroomEnds {
  readonly lines: () => readonly string[];
  readonly entered: (line: string) => void;
  readonly answer: (typed: Typed, m: Machine) => Answer;
}

/** The software of a classroom's machine: as everywhere, with the words, and a line editor that remembers and completes. */
export function classroomSoftwareWith(ends: ClassroomEnds): Software {
  const software = classroomSoftware();
  return {
    ...software,
    programs: { get: (name) => (name === wordProgram ? wordRunner : software.programs.get(name)) },
    services: new Map([
      ...software.services,
      [wordProgram, wordService(ends.answer)],
      [lineService, lineEditorService(ends)],
    ]),
  };
}

/** Answers the shell that somebody sits at, and no shell that runs in it or in a container. */
function lineEditorService({ lines, entered }: ClassroomEnds): Service {
  return {
    stateless: true,
    request(m, pid, message) {
      const request = message as unknown as LineRequest;
      if (m.world.runs[m.kernel.processes[pid]?.run ?? '']?.pid !== pid) return { reply: null };
      if (request.ask === 'history') return { reply: [...lines()] };
      if (request.ask === 'complete') {
        const found = completeLine(request.line, request.cursor, { m, scenarios: ownScenarios });
        return { reply: (found ?? null) as unknown as Json };
      }
      entered(request.line);
      return { reply: null };
    },
  };
}
