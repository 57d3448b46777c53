// node summary.mjs RESULTS STATUS: the one line that ends .ci/run, from vitest's JSON report and npm test's exit status.
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

function counts() {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const broken = report.testResults.filter((t) => t.status === 'failed' && t.assertionResults.length === 0).length;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken, // a file that could not be loaded has no tests in it
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // lint or the type check failed before any test ran
  }
}

const { passed, failed, skipped } = counts();
const all = failed === 0 && (status !== '0' || passed === 0) ? 1 : failed;
console.log(`${passed} passed, ${all} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = all > 0 ? 1 : 0;
