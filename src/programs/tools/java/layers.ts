import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { makeFolder, put, textOf } from '../files.ts';
import { notSimulated, refuse, standIn, write } from '../say.ts';
import { archiveText } from './artifacts.ts';

/** Is a command line of java one of Spring Boot's tools in a jar (`java -Djarmode=… -jar app.jar …`)? */
export function isJarMode(argv: readonly string[]): boolean {
  return argv.some((one) => /^-Djarmode=(?:layertools|tools)$/.test(one)) && argv.includes('-jar');
}

const loader = 'org/springframework/boot/loader/launch/JarLauncher.class';

/** `list` and `extract` of those tools: the layers of a jar as folders, with stand-ins for what is in them. */
export function jarMode(exec: Exec, sys: Sys): number {
  const { argv } = exec;
  const old = argv.includes('-Djarmode=layertools');
  const at = argv.indexOf('-jar') + 1;
  const jar = argv[at] ?? '';
  const [command = 'help', ...rest] = argv.slice(at + 1);
  const stat = sys.fs.stat(jar);
  if (isErrno(stat)) {
    write(sys, 2, `Error: Unable to access jarfile ${jar}\n`);
    return 1;
  }
  if (!(textOf(sys, jar) ?? '').startsWith(archiveText('mvn', '').slice(0, 20))) {
    write(sys, 2, `drydock: java: ${jar} is beyond what drydock reads of Java\n`);
    return notSimulated;
  }
  const layers = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];
  if (command === 'list' || command === 'list-layers') {
    write(sys, 1, `${layers.join('\n')}\n`);
    return 0;
  }
  const flag = rest.find((one) => one.startsWith('-') && !/^--(?:destination|layers|launcher)(?:=|$)/.test(one));
  if (command !== 'extract' || flag !== undefined)
    return refuse(sys, `java -jar ${jar} ${command} ${flag ?? ''}`.trim());
  if (!old && !rest.includes('--launcher'))
    return refuse(sys, `java -Djarmode=tools -jar ${jar} extract without --launcher`);
  const i = rest.indexOf('--destination');
  const named = rest.find((one) => one.startsWith('--destination='))?.slice('--destination='.length);
  const to = named ?? (i < 0 ? (old ? '.' : jar.replace(/^.*\//, '').replace(/\.jar$/, '')) : (rest[i + 1] ?? '.'));
  const name = jar.replace(/^.*\//, '');
  for (const layer of layers) makeFolder(sys, `${to}/${layer}`);
  put(sys, `${to}/dependencies/BOOT-INF/lib/.contents`, '', { size: Math.round(stat.size * 0.9) });
  put(sys, `${to}/spring-boot-loader/${loader}`, `\xca\xfe\xba\xbedrydock: stands for the loader in ${name}\n`);
  put(sys, `${to}/application/BOOT-INF/classes/.contents`, '', { size: Math.round(stat.size * 0.1) });
  put(sys, `${to}/application/META-INF/MANIFEST.MF`, 'Manifest-Version: 1.0\n');
  standIn(sys, 'java', name, to, layers.length);
  return 0;
}
