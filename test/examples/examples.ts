import type { Example } from './describeExample.js';

/** Receivers for a framework or language. */
export const languageExamples: readonly Example[] = [
  { name: 'express', providers: ['scalev', 'commercelayer'] },
  { name: 'fastify', providers: ['covver'] },
  { name: 'node', providers: ['bharatcart'] },
  { name: 'python', providers: ['scalev'] },
  { name: 'ruby', providers: ['webconnex'], proof: ['ruby', '-ropenssl', '-e', ''] },
];

/** Receivers of the providers that most people integrate, as their own libraries have it. */
export const vendorExamples: readonly Example[] = [
  { name: 'github-probot', providers: ['github'], packages: 'official' },
  { name: 'shopify-express', providers: ['shopify'], packages: 'official' },
  { name: 'slack-bolt', providers: ['slack'], packages: 'official' },
  { name: 'stripe-nextjs', providers: ['stripe'], packages: 'next', hasTests: true },
  { name: 'whatsapp-python', providers: ['whatsapp'], proof: ['/usr/bin/python3', '-c', 'import flask'] },
];

/** Tests in another language. */
export interface RunnerExample {
  /** Its folder. */
  readonly name: string;
  /** A program that shows that what it needs is there. */
  readonly proof: readonly [program: string, ...args: string[]];
  /** The output of its runner where all tests pass. */
  readonly passed: RegExp;
  /** A change of a file after which something is handled twice. */
  readonly breakage?: readonly [file: string, from: string, to: string];
}

export const runnerExamples: readonly RunnerExample[] = [
  {
    name: 'pytest',
    proof: ['/usr/bin/python3', '-c', 'import flask, pytest'],
    passed: / 4 passed in/,
    breakage: ['app.py', 'if delivery not in app.deliveries', 'if True'],
  },
  { name: 'go', proof: ['go', 'version'], passed: /^ok\s+example\.com\/receiver/m },
  {
    name: 'rspec',
    proof: ['ruby', '-rrspec', '-rsinatra/base', '-rpuma', '-e', ''],
    passed: /^4 examples, 0 failures/m,
  },
  { name: 'phpunit', proof: ['phpunit', '--version'], passed: /^OK \(4 tests/m },
  {
    name: 'junit',
    proof: ['sh', '-c', 'javac -version && cd /usr/share/java && ls gson.jar junit-platform-console-standalone.jar'],
    passed: /4 tests successful/,
  },
];
