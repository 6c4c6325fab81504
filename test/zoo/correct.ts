import { facts, type ProviderName } from './facts.js';
import { programs } from './programs.js';
import type { Receiver } from './zoo.js';

const providers = Object.keys(facts) as ProviderName[];

type Frame = Pick<Receiver, 'file' | 'form'> & Partial<Receiver>;

const frames: readonly Frame[] = [
  { file: './correct/node.mjs', form: 'node', why: 'node:http without any help' },
  { file: './correct/express.mjs', form: 'express', why: 'express.raw for JSON alone, 415 for all else' },
  { file: './correct/fastify.mjs', form: 'fastify', why: 'a content type parser that keeps the bytes' },
  { file: './correct/receiver.py', form: 'every-method', run: programs.python, why: 'http.server' },
  { file: './correct/receiver.rb', form: 'socket', run: programs.ruby, why: 'TCPServer' },
];

const variant = (form: string, provider: ProviderName, why: string): Frame => ({
  file: './correct/variants.mjs',
  form,
  provider,
  why,
});

const nearHole = (form: string, provider: ProviderName, why: string): Frame => ({
  file: './correct/near.mjs',
  form,
  provider,
  why,
});

const variants: readonly Frame[] = [
  nearHole('page-for-all-methods', 'scalev', 'a page that says ok to every method but POST, with or without a body'),
  nearHole('echoes-rejections', 'webconnex', 'tells a forger what the forger sent'),
  nearHole('echoes-all', 'bharatcart', 'tells everybody what came'),
  nearHole('says-duplicate', 'scalev', 'another answer to what it knows, after it verified'),
  nearHole('answers-pong', 'bharatcart', 'a signed ping has an answer of its own'),
  { file: './correct/express.mjs', form: 'express-any-type', provider: 'scalev', why: 'express.raw for every type' },
  {
    file: './correct/receiver.py',
    form: 'default-methods',
    run: programs.python,
    provider: 'bharatcart',
    why: 'http.server as it is answers 501 to methods that it has no function for, which is what 501 is for',
  },
  variant('answers-204', 'scalev', '204 without a body, and 403 to forgeries'),
  variant('answers-202', 'webconnex', '202 for what is queued, and 400 to forgeries'),
  variant('answers-201', 'covver', '201, and 404 to forgeries, to hide that there is a receiver'),
  variant('health-check', 'bharatcart', '200 to GET and HEAD, which a load balancer asks'),
  variant('latency-300-ms', 'commercelayer', 'takes its time, within every limit'),
  variant('limit-512-kib', 'scalev', '413 to a body of 1 MiB'),
  variant('unknown-shape-422', 'scalev', '422 to JSON that is no event'),
  variant('objects-only-400', 'webconnex', '400 to arrays, texts and null'),
  variant('unknown-event-404', 'bharatcart', '404 to an event that it does not handle'),
  variant('deduplicates', 'scalev', 'an event that came before is answered 200 without work'),
  variant('restringifies', 'covver', 'hashes the body written anew, as Covver documents it'),
  variant('compares-decoded', 'scalev', 'compares the decoded bytes of a base64 signature'),
  variant('compares-decoded', 'webconnex', 'compares the decoded bytes of a hex signature'),
  variant('compares-decoded-hex', 'bharatcart', 'hex in either letter case'),
];

/** The usual way of other languages, each for one provider. */
const idioms: readonly Frame[] = [
  {
    file: './correct/receiver.go',
    form: 'header-get',
    run: programs.go,
    provider: 'scalev',
    finding: 'first-of-two-headers',
    why: 'Header.Get in Go, which takes the first of two headers: a remark',
  },
  {
    file: './correct/Receiver.java',
    form: 'get-first',
    run: programs.java,
    provider: 'bharatcart',
    finding: 'first-of-two-headers',
    why: "getFirst in the JDK's own server, which does so, too",
  },
  {
    file: './correct/receiver.php',
    form: 'superglobals',
    run: programs.php,
    provider: 'webconnex',
    why: '$_SERVER and php://input',
  },
  {
    file: './correct/receiver.pl',
    form: 'joined-headers',
    run: programs.perl,
    provider: 'commercelayer',
    why: 'a process for each connection, and headers of one name joined',
  },
];

/** Enough forgeries to meet a lock-out several times. */
const some = ['wrong-secret', 'empty-secret', 'undefined-secret', 'null-secret', 'sha1', 'md5', 'tampered-body'];
export const someForgeries = [
  ...some,
  'no-signature',
  'tampered-signature',
  'random-signature',
  'longer-signature',
].flatMap((name) => ['--only', name]);

const paced = (form: string, why: string, finding: string | null = null): Frame => ({
  file: './correct/pace.mjs',
  form,
  provider: 'scalev',
  finding,
  flags: someForgeries,
  why,
});

/** Limiters in front of a receiver. */
const limiting: readonly Frame[] = [
  paced('bans', 'takes nothing for 2 s after five wrong signatures: a remark', 'locks-senders-out'),
  paced('bans-alike', 'the same, and answers as to a wrong signature', 'locks-senders-out'),
  {
    ...paced('token-bucket', 'takes 20 requests a second, and says when to come again'),
    flags: ['--skip', 'must-not-break', '--skip', 'forged-among-genuine'],
  },
  paced('busy-proxy', 'each ninth request meets a page of the proxy before it'),
  paced('tarpit', 'forgeries are answered later and later'),
];

const languages = { py: programs.python, rb: programs.ruby, go: programs.go } as const;

/** A limiter of its own in each language. */
const limited = (form: string, why: string, more: Partial<Frame>): Frame[] =>
  Object.entries(languages).map(([ending, run]) => ({ file: `./correct/limited.${ending}`, form, run, why, ...more }));

const lockedOut = { waits: 'in vain', finding: 'locks-senders-out' } as const;

const inOtherLanguages: readonly Frame[] = [
  ...limited('limits-rate', '429 where requests come too fast', {
    provider: 'webconnex',
    waits: 'for a while',
    flags: someForgeries,
  }),
  ...limited('bans', '403 to all, for good, after five wrong signatures', { ...lockedOut, provider: 'bharatcart' }),
  ...limited('drops', 'no answer to anything, for good, after five wrong signatures', lockedOut),
  ...limited('bans-at-once', '403 to all, for good, after the first wrong signature', lockedOut),
];

/** Receivers that are safe, each in its own way. */
export const correct: readonly Receiver[] = [
  ...frames.flatMap((frame) => providers.map((provider) => ({ provider, ...frame }))),
  ...variants,
  ...idioms,
  ...limiting,
  ...inOtherLanguages,
].map((receiver) => ({ provider: 'scalev', why: '', finding: null, ...receiver, correct: true }));
