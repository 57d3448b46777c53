import { Sandbox } from './support/sandbox.ts';
import { faultsOf } from './support/invariants.ts';
const s = new Sandbox(); const t=performance.now(); const live = s.start('/usr/bin/sh',['sh','-c',process.argv[2]!]); live.feed({eof:true}); const o=live.run(Number(process.argv[3]??20e6));
console.log(JSON.stringify({out:o.stdout.length, o: o.stdout.slice(0,100), err:o.stderr.slice(0,200), code:o.code}), (performance.now()-t).toFixed(0),'ms', process.memoryUsage().rss>>20, 'MB', JSON.stringify(s.world).length, (s.world.now-1767323045000000)/1e6, Object.keys(Object.values(s.world.hosts)[0]!.kernel.processes).length, ...faultsOf(s.world));
