import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contractChecks, firstChecks } from '../../src/authoring/contract/contractChecks.js';
import { exampleVectors, vectorTime, vectorUrl } from '../contract/exampleVectors.js';
import { cli } from '../support/cli.js';
import { examplesFolder } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';
import { type Acme, acmeFiles } from './acme.js';

interface Told {
  readonly check: string;
  readonly verdict: string;
  readonly problems: readonly {
    severity: string;
    file: string | null;
    line: number | null;
    column: number | null;
    message: string;
  }[];
}

/** Runs the checks and returns those that did not pass, a line each. */
async function problemsOf(change: (acme: Acme) => void, env: Record<string, string> = {}) {
  const { json, exitCode } = await cli(['provider', 'test', '--json'], { cwd: folderOf(acmeFiles(change)), env });
  const checks = json.slice(0, -1) as Told[];
  const problems = checks
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .flatMap(({ check, problems }) =>
      problems.map(({ severity, file, line, column, message }) => {
        const place = [file?.replaceAll('\\', '/'), line, column].filter((part) => part !== null).join(':');
        return `${check} ${severity} ${place}: ${message}`;
      }),
    );
  return { problems, checks, exitCode };
}

const paid = 'webhooks/acme/events/order.paid.json';
const vectors = 'webhooks/acme/vectors.json';

type Row = [what: string, change: (acme: Acme) => void, expected: string | RegExp, env?: Record<string, string>];

/** Ways in which a provider can be wrong, each of them alone. */
const failures: Row[] = [
  [
    'an unknown key',
    ({ description }) => {
      description.defaultEvnt = 'order.paid';
    },
    /^description failure webhooks\/acme\/provider\.json:\d+:3: defaultEvnt: unknown key\. Did you mean defaultEvent\?$/,
  ],
  [
    'a description that is not JSON',
    (acme) => {
      acme.description = '{\n  "name": acme }';
    },
    /^description failure : webhooks\/acme\/provider\.json:2:11: is not JSON/,
  ],
  [
    'an unknown placeholder',
    ({ description }) => {
      description.headers[1][1] = '{signatur}';
    },
    /^description failure .*headers.*unknown placeholder \{signatur\}.*Did you mean signature\?/,
  ],
  [
    'an event in two groups of identities',
    ({ description }) => {
      description.identities.push({ ...description.identities[0], name: 'again' });
    },
    /order\.paid is in two groups of identities\./,
  ],
  [
    'a sample that is not JSON',
    ({ samples }) => {
      samples['order.paid'] = '{\n  "type": order }';
    },
    /^json failure webhooks\/acme\/events\/order\.paid\.json:2:11: is not JSON: expected a value/,
  ],
  [
    'a sample that is missing',
    ({ samples }) => {
      delete samples['order.created--gift'];
    },
    'samples failure webhooks/acme/events/order.created--gift.json: is missing: a sample of each event and variant has to be there.',
  ],
  [
    'a sample that nothing calls for',
    ({ samples }) => {
      samples['order.craeted'] = samples['order.created'];
    },
    'samples failure webhooks/acme/events/order.craeted.json: belongs to no event or variant. Did you mean order.created? Else name it in the description, or remove it.',
  ],
  [
    'a variant that nothing calls for',
    ({ samples }) => {
      samples['order.paid--twice'] = samples['order.paid'];
    },
    'samples failure webhooks/acme/events/order.paid--twice.json: belongs to no event or variant. Name twice among the variants of order.paid, or remove the file.',
  ],
  [
    'a sample of another event',
    ({ samples }) => {
      samples['order.paid'].type = 'order.created';
    },
    `event-names failure ${paid}: type, where the event's name stands (eventAt), is "order.created". It must be "order.paid".`,
  ],
  [
    'a wrong eventAt',
    ({ description }) => {
      description.eventAt = 'typ';
    },
    `event-names failure ${paid}: eventAt is typ. The payload has no typ. Did you mean type?`,
  ],
  [
    'a field without a place',
    ({ samples }) => {
      delete samples['order.paid'].attempt;
    },
    new RegExp(`^fields failure ${paid}: The payload has no attempt.*Each delivery fills it`),
  ],
  [
    'a value that is not there',
    ({ description }) => {
      description.values.order.path = 'data.di';
    },
    new RegExp(`^values failure ${paid}: The payload has no data.di.*Did you mean data.id.*absent`),
  ],
  [
    'a header that can not go on the wire',
    ({ description, samples }) => {
      description.headers.push(['Acme-Order', '{order}']);
      for (const each of Object.values(samples)) each.data.id = 'café\n';
    },
    /^deliveries failure : order\.paid: no delivery can be made of it\. .*Acme-Order/,
  ],
  [
    'a header beyond ASCII',
    ({ description, samples }) => {
      description.headers.push(['Acme-Order', '{order}']);
      samples['order.paid'].data.id = 'café';
    },
    'deliveries failure : order.paid: the header Acme-Order holds characters beyond ASCII. Look at its template.',
  ],
  [
    'a time that is signed and not told',
    ({ description }) => {
      description.headers[1][1] = '{signature}';
      description.fields = [];
    },
    'signatures failure : order.paid: a receiver could not verify it: no header contains the timestamp that was signed.',
  ],
  [
    'a signature that needs no secret',
    ({ description }) => {
      description.signatures.signature = { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'hex' };
    },
    /^forgeries failure : wrong-secret \(signed with another secret\) passes for a true delivery\./,
  ],
  [
    'a handshake that can not be verified',
    ({ description }) => {
      description.handshakes = [
        {
          name: 'hello',
          title: 'Hello',
          certainty: 'documented',
          source: 'ours',
          body: '{"data":{"id":"1"}}',
          headers: [['Acme-Signature', '{signature}']],
          answer: { status: '2xx' },
        },
      ];
    },
    /^handshakes failure : hello: a receiver could not verify it: /,
  ],
  [
    'a step of a flow that does not fit',
    ({ description }) => {
      description.flows[0].steps[1].variant = 'gift';
    },
    'flows failure : acme purchase: step 2: acme order.paid has no variant gift. It has no variants.',
  ],
  [
    'an identity that is nowhere',
    ({ description }) => {
      description.identities[0].ids.push({ kind: 'digits', literal: '77701' });
    },
    'identities failure : identities[0] (order): no sample of it holds the literal "77701".',
  ],
  [
    'a path that is nowhere',
    ({ description }) => {
      description.identities[0].ids.push({ kind: 'digits', path: 'data.ide' });
    },
    'identities failure : identities[0] (order): no sample of it has data.ide. Did you mean data or data.id?',
  ],
  [
    'an identity that is a short number',
    ({ description }) => {
      description.identities[0].ids.push({ kind: 'digits', path: 'data.total' });
    },
    'identities failure : identities[0] (order): data.total is neither text nor a whole number of five digits or more. Name what stands there as "literal", and not its path.',
  ],
  [
    'a time of the event that is nowhere',
    ({ description }) => {
      description.identities[0].eventTime = ['createdat'];
    },
    'identities failure : identities[0] (order): eventTime: no sample of it has a time of its formats at createdat. Did you mean created_at?',
  ],
  [
    'an id that is named twice, once as one that stays',
    ({ description }) => {
      description.identities[0].ids.push({ kind: 'alphanumeric', literal: '7c9d52f03a614c54' });
    },
    'repeated failure : order.created, order.created--gift, order.paid: identities order: the path id and the literal 7c9d52f03a614c54 are the same id, "7c9d52f03a614c54", under different rules. Leave one of them out.',
  ],
  [
    'an id of another length',
    ({ description }) => {
      description.identities[0].ids[0].kind = 'uuid4';
    },
    'renewal failure : order.paid: "7c9d52f03a614c54" is not written as uuid4 writes it: a fresh one would not be as long. Take another kind.',
  ],
  [
    'a sample secret of the wrong shape',
    ({ description }) => {
      description.secret = { sample: 'abc', shape: { pattern: '^whs_', description: 'begins with whs_' } };
    },
    'secret failure : secret.sample does not look as secret.shape says: begins with whs_.',
  ],
  [
    'the real secret in the description',
    ({ description }) => {
      description.secret = { sample: 'the-real-one' };
    },
    'secret failure : secret.sample is the value of ACME_WEBHOOK_SECRET. A description is shared, so it must not hold the real secret: invent another, or leave it out.',
    { ACME_WEBHOOK_SECRET: 'the-real-one' },
  ],
  [
    'the real secret of a variable that the config names',
    ({ description, config, files }) => {
      description.secret = { sample: 'the-real-one' };
      config.secrets = { acme: ['env:MINE'] };
      files['.env'] = 'MINE=the-real-one\n';
    },
    /^secret failure : secret\.sample is the value of MINE\./,
  ],
  [
    'a captured request that does not fit',
    ({ vectors: [vector] }) => {
      vector.body += '\n';
    },
    /^vectors failure webhooks\/acme\/vectors\.json:2:3: is not accepted: the signature does not match the body and the secret\. \S+/,
  ],
  [
    'a captured header that would not be made',
    ({ vectors: [vector] }) => {
      vector.now = '2026-01-01T00:00:00Z';
      vector.headers = { 'acme-signature': vector.headers['Acme-Signature'] };
    },
    /^vectors failure .*would not be made so: the description writes the header Acme-Signature, the request had acme-signature\./,
  ],
  [
    'an unknown key of a vector',
    ({ vectors: [vector] }) => {
      vector.secrt = 'a';
    },
    /^vectors failure webhooks\/acme\/vectors\.json:\d+:5: \[0\]\.secrt: unknown key\. Did you mean secret\?$/,
  ],
  [
    'a vector of an event that does not exist',
    ({ vectors: [vector] }) => {
      vector.event = 'order.payd';
    },
    `vectors failure ${vectors}:2:3: event: order.payd is no event of acme. Did you mean order.paid?`,
  ],
  [
    'a vector without a body',
    ({ vectors: [vector] }) => {
      delete vector.body;
    },
    `vectors failure ${vectors}:2:3: [0]: needs either body or bodyFile.`,
  ],
];

/** Descriptions that work, but not as well as they could. */
const warnings: Row[] = [
  [
    'times of which none is that of the event',
    ({ description }) => {
      description.identities[0].eventTime = [];
    },
    'repeated warning : order.paid: has the same times in each delivery, because no eventTime of the identities order is in it. Name its path, such as created_at, in eventTime, or give the group the time of now.',
  ],
  [
    'a time in a format that is not named',
    ({ samples }) => {
      samples['order.paid'].data.paid_at = 1768357867;
    },
    'repeated warning : order.paid: data.paid_at is a time that stays in each delivery. Add unix-seconds to times of the identities order.',
  ],
  [
    'a time of an event that no identities are of',
    ({ description }) => {
      description.identities[0].events = ['order.paid'];
    },
    'repeated warning : order.created, order.created--gift: created_at is a time that stays in each delivery, for no identities are of this event.',
  ],
  [
    'the name of one that ships',
    ({ description }) => {
      description.name = 'scalev';
    },
    'description warning : name: scalev ships with webhook-sim, too. Where this config is in force, yours is meant.',
  ],
  [
    'a signature that covers nothing of the body',
    (acme) => {
      acme.description.signatures.signature.content = '{timestamp}';
      acme.vectors = null;
    },
    /^cover warning : signatures\.signature covers nothing of the body: whoever sees one signature can send any other body with it\./,
  ],
  [
    'nothing that proves who sent it',
    (acme) => {
      acme.description.headers = { 'Content-Type': 'application/json' };
    },
    /^signatures warning : Nothing in a delivery proves who sent it/,
  ],
  [
    'no id that is fresh',
    ({ description }) => {
      description.identities[0].ids[0].deduplicates = false;
    },
    'freshness warning : order.created, order.created--gift, order.paid: no id is fresh in the next delivery, so that a receiver that de-duplicates takes only the first. id ("evt_7c9d52f03a614c54") looks like one: name it in the `ids` of its group, with deduplicates: true.',
  ],
  [
    'times that stay as they are',
    ({ description }) => {
      description.identities[0].times = [];
    },
    /times: samples of it write times as iso-seconds, which stay as they are\. Add iso-seconds\.$/,
  ],
  [
    'a format of times that is nowhere',
    ({ description }) => {
      description.identities[0].times.push('iso-micros');
    },
    'identities warning : identities[0] (order): times: no sample of it writes a time as iso-micros.',
  ],
  [
    'a field that is always absent',
    ({ description }) => {
      description.values.note = { kind: 'field', path: 'data.totl', absent: '' };
    },
    'values warning : values.note: no sample has a field data.totl. Did you mean data.total?',
  ],
  [
    'a sample secret that scanners report',
    ({ description }) => {
      description.secret = { sample: 'AKIAABCDEFGHIJKLMNOP' };
    },
    'secret warning : secret.sample looks like a real AWS access key, which secret scanners report. Invent one that does not.',
  ],
  [
    'a variable of another provider',
    ({ description }) => {
      description.secret = { env: ['SCALEV_SIGNING_SECRET'] };
    },
    'secret warning : secret.env: SCALEV_SIGNING_SECRET is where the secret of scalev is found, too.',
  ],
  [
    'no captured request',
    (acme) => {
      acme.vectors = null;
    },
    new RegExp(`^vectors warning : Nothing from outside proves the signature.* Add one to ${vectors}: `),
  ],
  [
    'a captured request whose secret is not here',
    ({ vectors: [vector] }) => {
      vector.secret = 'env:NOT_SET';
    },
    `vectors warning ${vectors}:2:3: secret: NOT_SET is not set here, so this one proves nothing.`,
  ],
];

describe('provider test', () => {
  it('finds nothing wrong with a good one', async () => {
    const { problems, checks, exitCode } = await problemsOf(() => {});
    expect(problems).toEqual([]);
    expect(exitCode).toBe(0);
    expect(checks.map(({ check }) => check)).toEqual([
      ...Object.values(firstChecks).map(({ name }) => name),
      ...contractChecks.map(({ name }) => name),
    ]);
  });

  it.each(failures)('tells %s', async (_, change, expected, env) => {
    const { problems, exitCode } = await problemsOf(change, env);
    const matching = problems.filter((line) =>
      typeof expected === 'string' ? line === expected : expected.test(line),
    );
    expect(matching.length, problems.join('\n')).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
    for (const secret of ['the-real-one', 'AKIA']) expect(problems.join('\n')).not.toContain(secret);
  });

  it.each(warnings)('warns of %s', async (_, change, expected) => {
    const { problems, exitCode } = await problemsOf(change);
    const matching = problems.filter((line) =>
      typeof expected === 'string' ? line === expected : expected.test(line),
    );
    expect(matching.length, problems.join('\n')).toBeGreaterThan(0);
    expect(problems.filter((line) => / failure /.test(line))).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('has a way to fail, or to warn, for each check', () => {
    const names = [...Object.values(firstChecks), ...contractChecks].map(({ name }) => name);
    const expectedTexts = [...failures, ...warnings].map(([, , expected]) => String(expected));
    expect(
      names.filter((name) => !expectedTexts.some((text) => new RegExp(`^/?\\^?${name} (failure|warning)`).test(text))),
    ).toEqual([]);
  });

  it('tells one mistake once: the checks that hang on it are silent', async () => {
    const { problems } = await problemsOf(({ samples }) => {
      delete samples['order.paid'].attempt;
    });
    expect(problems).toHaveLength(1);
  });

  it('goes on with the samples where the description does not fit, and says what waits', async () => {
    const { problems, checks } = await problemsOf(({ description, samples }) => {
      delete description.headers;
      samples['order.paid'] = '{';
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['description', 'json']);
    expect(checks.filter(({ verdict }) => verdict === 'skip')).toHaveLength(contractChecks.length);
  });
});

describe('the examples', () => {
  it('are as they have to be', async () => {
    const folders = ['github', 'slack', 'square'].map((name) => join(examplesFolder, name));
    const { json, exitCode } = await cli(['provider', 'test', ...folders, '--json']);
    expect(json.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(json.at(-1)).toMatchObject({ type: 'provider-test-summary', providers: 3, ok: true });
    expect(exitCode).toBe(0);
  });

  it.each(Object.keys(exampleVectors).filter((name) => exampleVectors[name]!.received))(
    'accept requests that something else signed: %s',
    async (name) => {
      const { secret, body, received } = exampleVectors[name]!;
      const vector = { secret, body, headers: received, url: vectorUrl };
      const wrong = { ...vector, secret: exampleVectors.discord!.secret };
      const found = await unfit(name, [vector, wrong]);
      if (found[0] !== null) return expect(found).toEqual(name === 'discord' ? [] : [1]);
      // A secret of no use has no place: then it is to be the one of the second.
      expect(found).toEqual([null]);
      expect(await unfit(name, [vector])).toEqual([]);
    },
  );

  it.each(['github', 'stripe', 'paddle', 'shopify', 'square', 'twilio', 'razorpay', 'line', 'hubspot', 'chargebee'])(
    'make the headers that something else made: %s',
    async (name) => {
      const { secret, body, headers } = exampleVectors[name]!;
      const vector = { secret, body, headers, url: vectorUrl, now: vectorTime };
      const wrong = { ...vector, body: body.replace('é', 'e').replace('kopi', 'teh') };
      expect(await unfit(name, [vector, wrong])).toEqual(name === 'chargebee' ? [] : [1]);
    },
  );
});

/** Returns which vectors don't match a copy of an example; null for one without a place. */
async function unfit(name: string, vectors: readonly object[]): Promise<(number | null)[]> {
  const lines = vectors.map((vector) => JSON.stringify(vector));
  const cwd = folderOf({
    'vectors.json': `[\n${lines.join(',\n')}\n]`,
    'provider.yaml': readFileSync(join(examplesFolder, name, 'provider.yaml')),
  });
  const { json } = await cli(['provider', 'test', '.', '--json'], { cwd });
  const { verdict, problems } = json.find(({ check }) => check === 'vectors');
  const found = new Set<number | null>(
    problems.map(({ line }: { line: number | null }) => (line === null ? null : line - 2)),
  );
  expect(verdict).toBe(found.size === 0 ? 'pass' : 'fail');
  return [...found];
}
