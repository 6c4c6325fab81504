import { jsonReporter } from './shared/jsonReporter.js';
import type { Reporter, Writer } from './shared/reporter.js';
import type { FileOf } from './suite/suiteTotals.js';

type OpenReporter = (write: Writer, fileOf: FileOf) => Reporter;

/** A report of suites that goes to a file, as in `--report name=file`. */
export interface Format {
  readonly name: string;
  /** Its description, with its usual reader. */
  readonly help: string;
  readonly load: () => Promise<OpenReporter>;
}

const format = (name: string, help: string, load: Format['load']): Format => ({ name, help, load });

/** The reports that are written to a file, in the order in which they are listed; each is loaded on first use. */
export const formats: readonly Format[] = [
  format('junit', 'JUnit XML, for Jenkins, GitLab and others', async () => (await import('./suite/junit.js')).junit),
  format('tap', 'TAP 14', async () => (await import('./suite/tap.js')).tap),
  format('sarif', 'findings of checks, for code scanning', async () => (await import('./suite/sarif.js')).sarif),
  format(
    'html',
    'one page: table, timing chart, requests and answers',
    async () => (await import('./suite/html/html.js')).html,
  ),
  format(
    'har',
    'every request and answer, for browsers and proxies',
    async () => (await import('./suite/har.js')).harFile,
  ),
  format('json', 'what --json prints', async () => jsonReporter),
];
