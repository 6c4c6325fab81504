import { describe, expect, it } from 'vitest';
import { breakdownRule } from '../../src/check/breakdown.js';
import type { CheckCase } from '../../src/check/cases/case.js';
import { casesFor } from '../../src/check/cases/cases.js';
import { writeCaseTexts } from '../../src/check/caseTexts.js';
import { randomRejectionTexts, secondLooks } from '../../src/check/diagnoseRejection.js';
import type { JudgedCase, Symptom } from '../../src/check/judgeCase.js';
import { buildFinding, findingRules } from '../../src/check/rules/findFindings.js';
import type { Language } from '../../src/check/rules/likelyLanguage.js';
import type { Provider } from '../../src/core/provider.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import { exampleNames, exampleProvider } from '../support/exampleProviders.js';
import { fiveProviders } from '../support/providers.js';

/** A delivery that came to a status, or to nothing before the time limit. */
const deliveryOf = (status: number | null): DeliveryEnded =>
  ({
    outcome: status === null ? 'timed_out' : status < 300 ? 'accepted' : 'rejected',
    delivery: { forge: null },
    attempts: [
      { status, error: status === null ? { kind: 'timed_out', phase: 'wait', code: 'TIMEOUT' } : null, response: null },
    ],
  }) as unknown as DeliveryEnded;

/** Symptoms and statuses, for rules and cases alike. */
const happened: readonly (readonly [symptom: Symptom, status: number | null])[] = [
  ['accepted', 200],
  ['rejected', 400],
  ['rejected', 401],
  ['rejected', 404],
  ['rejected', 413],
  ['rejected', 415],
  ['crashed', 500],
  ['crashed', 502],
  ['hung', null],
];

const findingOf = (one: CheckCase, symptom: Symptom, status: number | null): JudgedCase =>
  ({ case: one, symptom, ended: { name: one.name, deliveries: [deliveryOf(status)] } }) as unknown as JudgedCase;

/** Patterns of code that only one language has. */
const code: Record<Language, RegExp> = {
  javascript:
    /\bexpress\b|fastify|Node\.js|timingSafeEqual|\bBuffers?\b|createHmac|\bres\.|\breq\.|===|app\.post|JSON\.stringify|JSON\.parse|Object\.hasOwn|isSafeInteger|RangeError|process\.env|toLowerCase|trim\(\)|promise|zod/,
  python:
    /flask|django|fastapi|compare_digest|pydantic|os\.environ|RecursionError|UnicodeDecode|wsgi|getlist|assert\b/i,
  ruby: /rails|rack\b|sinatra|secure_compare|raw_post|casecmp|NestingError|rescue/i,
  php: /php:|hash_equals|php\.ini|str_contains|trim\(\)/i,
  go: /io\.ReadAll|hmac\.Equal|subtle\.|r\.Header|os\.Getenv|TrimSpace|fmt\.|DisallowUnknown|MaxBytesReader/,
  java: /MessageDigest|Spring|Jackson|getHeaders|String\.valueOf/,
  csharp: /CryptographicOperations|MemoryStream/,
};
const languages = [...(Object.keys(code) as Language[]), null];

/** Returns statements that contradict a provider. */
function contradictions(provider: Provider): [what: string, text: RegExp][] {
  const { signatures, headers } = provider;
  const schemes = Object.values(signatures);
  const sent = JSON.stringify([headers, provider.fields ?? []]);
  const keyed = schemes.some(({ scheme }) => /^(ed25519|ecdsa|rsa)$/.test(scheme));
  const token = schemes.some((options) => options.scheme === 'jwt');
  const signed = schemes.flatMap((options) => ('content' in options ? [options.content] : []));
  const inHeader = [...Object.keys(signatures), 'secret'].some((name) => JSON.stringify(headers).includes(`{${name}}`));
  return [
    ['an unfilled place', /\{(header|lowerHeader|scheme)\}|undefined\b(?!["-])|\[object|NaN/],
    ...(keyed || token
      ? [['a computed hash', /hmac|hash_equals|constant time|secure_compare|compare_digest|timingSafeEqual/i] as const]
      : []),
    ...(!keyed && !token ? [['a key pair', /public key|Ed25519|ECDSA|RSA/] as const] : []),
    ...(!signed.some((text) => text.includes('{body}')) && !token
      ? [
          [
            'bytes that are signed',
            /bytes of the body as they came|the body is verified|rawBody|get_data|php:\/\/input/,
          ] as const,
        ]
      : []),
    ...(!inHeader ? [['a header that is not there', /Authorization/] as const] : []),
    ...(provider.dialect === 'form' ? [['JSON', /express\.json|json\.Unmarshal/] as const] : []),
    ...(sent.includes('base64') || schemes.some((options) => 'encoding' in options && options.encoding === 'base64')
      ? []
      : [['base64', /base64/i] as const]),
  ].map(([what, text]) => [what, text] as [string, RegExp]);
}

/** Returns the problems in a text for a provider and a language, in words. */
function problemsOf(text: string, wrong: readonly [string, RegExp][], language: Language | null): string[] {
  const problems = wrong.flatMap(([what, pattern]) => (pattern.test(text) ? [`${what} in: ${text}`] : []));
  const own = language === null ? '' : (code[language].exec(text)?.[0] ?? '');
  for (const other of languages) {
    if (other === null || other === language) continue;
    const found = code[other].exec(text)?.[0];
    if (found !== undefined && found !== own) problems.push(`code of ${other} (${found}) for ${language} in: ${text}`);
  }
  return problems;
}

const providers = [...fiveProviders, ...exampleNames.map(exampleProvider)];

it.each(providers.map((provider) => [provider.name, provider] as const))(
  'advice for %s contradicts neither its scheme nor the receiver',
  (_, provider) => {
    const cases = casesFor(provider, provider.defaultEvent, false);
    const wrong = contradictions(provider);
    const rules = [
      ...findingRules,
      ...[true, false].map((isGone) => breakdownRule({ after: ['empty-body'], isGone })),
      ...[randomRejectionTexts, ...secondLooks.map(({ finding, ...look }) => ({ name: finding, why: '', ...look }))],
    ].filter((rule) => !('appliesTo' in rule) || !rule.appliesTo || rule.appliesTo(provider));
    expect(rules.length).toBeGreaterThan(40);
    for (const language of ['javascript', 'python', 'go', null] as const) {
      const texts = new Map<string, string>();
      for (const [symptom, status] of happened) {
        const explained = [findingOf(cases[0]!, symptom, status)];
        for (const rule of rules) {
          const { title, why, fix } = buildFinding(rule, { provider, language, judgedCases: explained, explained });
          texts.set([title, why, fix].join(' '), rule.name);
        }
        for (const one of cases) {
          const { why, fix } = writeCaseTexts(
            one,
            { symptom, deliveries: [deliveryOf(status)] },
            { provider, language },
          );
          texts.set([why.replace('In JavaScript', ''), fix].join(' '), one.name);
        }
      }
      const problems = [...texts].flatMap(([text, name]) =>
        problemsOf(text, wrong, language).map((each) => `${name}: ${each}`),
      );
      expect(problems).toEqual([]);
    }
  },
);

describe('a forgery that was not accepted', () => {
  const [provider] = fiveProviders;
  const forgeries = casesFor(provider!, provider!.defaultEvent, false).filter((each) => each.class === 'must-reject');

  it.each([
    ['crashed', 500],
    ['crashed', 502],
    ['hung', null],
  ] as const)('but %s with %s lets nobody in', (symptom, status) => {
    for (const one of forgeries) {
      const texts = writeCaseTexts(
        one,
        { symptom, deliveries: [deliveryOf(status)] },
        { provider: provider!, language: null },
      );
      expect(`${texts.why} ${texts.fix}`, one.name).not.toMatch(/anybody|can send|make others of it/i);
    }
    const explained = forgeries.map((one) => findingOf(one, symptom, status));
    for (const rule of findingRules.filter(
      ({ explains }) => symptom in explains && explains[symptom]?.includes('must-reject'),
    )) {
      const { title, why } = buildFinding(rule, {
        provider: provider!,
        language: null,
        judgedCases: explained,
        explained,
      });
      expect(`${title} ${why}`, rule.name).not.toMatch(/can send events/);
    }
  });
});
